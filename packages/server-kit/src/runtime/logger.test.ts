import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Unavailable } from './errors/errors.ts';
import { createLogger, type Logger, type LogLevel } from './logger.ts';
import { createRedactor } from './redactor.ts';
import { Secret } from './secret.ts';

const canary = 'canary-"5f1c"\\value';

function openLog(level: LogLevel = 'info'): { log: Logger; lines: string[]; records: () => unknown[] } {
  const lines: string[] = [];
  const redactor = createRedactor({ secrets: [new Secret(canary)] });
  const log = createLogger({ name: 'data', level, redactor, destination: { write: (line) => void lines.push(line) } });
  return { log, lines, records: () => lines.map((line): unknown => JSON.parse(line)) };
}

test('writes one JSON line with ISO time, level name and service', () => {
  const { log, lines, records } = openLog();

  log.child({ traceId: 'abc' }).info({ tool: 'query_database' }, 'tool.called');

  expect(records()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      service: 'data',
      traceId: 'abc',
      tool: 'query_database',
      msg: 'tool.called',
    },
  ]);
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
});

test('writes code, message, stack and cause of an error', () => {
  const { log, records } = openLog();
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });

  log.error(
    { err: new Unavailable('UPSTREAM_DOWN', { message: 'connect shop', publicMessage: 'Down.', cause }) },
    'call.failed',
  );

  expect(records()).toMatchObject([
    {
      err: {
        type: 'Unavailable',
        code: 'UPSTREAM_DOWN',
        message: 'connect shop',
        stack: expect.stringContaining('logger.test.ts'),
        cause: { type: 'Error', code: 'ECONNREFUSED', message: 'refused' },
      },
    },
  ]);
});

test('ends a chain of causes that never ends', () => {
  const { log, lines } = openLog();
  const error = new Error('a');
  error.cause = error;

  log.error(error);

  expect(lines[0]?.match(/"message":"a"/g)).toHaveLength(6);
});

test.each<[string, (log: Logger) => void]>([
  ['a message', (log) => log.info(`x ${canary} y`)],
  ['a message with quotes around', (log) => log.info(`{"a":"${canary}"}`)],
  ['a field', (log) => log.info({ a: { b: [canary] } }, 'x')],
  ['a field name', (log) => log.info({ [canary]: 1 }, 'x')],
  ['an error', (log) => log.error(new Error(`bad ${canary}`))],
  ['a binding', (log) => log.child({ a: canary }).info('x')],
  [
    'a credential of another kind',
    (log) => log.info({ url: 'postgres://u:canary@h' }, 'password=canary Authorization: canary'),
  ],
  ['a field with a telling name', (log) => log.info({ password: 'canary 1', apiKey: 'canary 2' }, 'x')],
])('hides a secret in %s and stays JSON (06 S-97)', (_what, write) => {
  const { log, lines, records } = openLog();

  write(log);

  expect(lines.join('')).not.toContain('canary');
  expect(lines.join('')).toContain('***');
  expect(records()).toHaveLength(1);
});

test('does not touch the arguments of a line below the level', () => {
  const { log, lines } = openLog('warn');
  const costly = {
    toJSON: (): string => {
      throw new Error('read');
    },
  };

  log.debug({ costly }, 'x');

  expect(lines).toEqual([]);
});

test('writes to standard error and leaves standard output alone, also right before the exit', () => {
  const script = `
    import { createLogger } from ${JSON.stringify(fileURLToPath(new URL('logger.ts', import.meta.url)))};
    createLogger({ name: 'data', level: 'info' }).info('process.stopped');
    process.exit(3);`;

  const child = spawnSync(
    process.execPath,
    ['--conditions=@fairlead/source', '--input-type=module', '--eval', script],
    { encoding: 'utf8' },
  );

  expect(child).toMatchObject({ status: 3, stdout: '' });
  expect(JSON.parse(child.stderr)).toMatchObject({ service: 'data', msg: 'process.stopped' });
});
