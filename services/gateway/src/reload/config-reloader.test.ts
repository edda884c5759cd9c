import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayConfig, type GatewayConfig } from '@fairlead/contracts';
import { createLogger, InvalidInput } from '@fairlead/server-kit/runtime';
import { createFakeClock } from '@fairlead/server-kit/testing';
import { createRunFolder, until } from '@fairlead/testkit/waiting';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigReloader, type ReloadReport } from './config-reloader.ts';

let stack: AsyncDisposableStack;
beforeEach(() => {
  stack = new AsyncDisposableStack();
});
afterEach(() => stack.disposeAsync());

const nothing = { added: [], removed: [], moved: [], changed: [] };

/** A reloader of a file whose text is the name of a role, or `bad`. */
async function setUp() {
  const folder = stack.use(await createRunFolder()).path;
  const file = join(folder, 'fairlead.yaml');
  const clock = createFakeClock();
  const applied: string[] = [];
  const reports: ReloadReport[] = [];
  const write = (text: string): void => writeFileSync(file, text);
  write('first');
  const reloader = await ConfigReloader.start(
    {
      file,
      folder,
      parse: configNamed,
      apply(config) {
        applied.push(...Object.keys(config.roles));
        return { servers: nothing };
      },
      onReport: (report) => reports.push(report),
      clock,
      log: createLogger({ name: 'test', level: 'silent' }),
    },
    'first',
    configNamed('first'),
  );
  stack.defer(() => reloader.close());
  return {
    reloader,
    applied,
    reports,
    write,
    remove: () => rmSync(file),
    /** Lets time pass until the next look, and waits until that look is over. */
    passes: async (ms: number) => {
      await clock.advance(ms);
      await until(() => clock.pending === 1, { withinMs: 5_000, what: 'the look at the file to end' });
    },
  };
}

function configNamed(text: string): GatewayConfig {
  if (text.startsWith('bad')) throw new InvalidInput('CONFIG_INVALID', { publicMessage: `fairlead.yaml:1:1: ${text}` });
  return gatewayConfig.parse({ apiVersion: 'fairlead.dev/v1', kind: 'GatewayConfig', roles: { [text]: {} } });
}

test('04 G-83: a file that has not changed is not put in force again', async () => {
  const { reloader, applied, reports, passes } = await setUp();
  await passes(5_000);

  expect(await reloader.reload('admin')).toMatchObject({ outcome: 'unchanged', digest: reloader.digest });
  expect(applied).toEqual([]);
  expect(reports).toEqual([]);
});

test('04 G-83: a file that still changes is left alone until it stays the same', async () => {
  const { applied, write, passes } = await setUp();
  write('half');
  await passes(1_000);
  write('whole');
  await passes(100);
  expect(applied).toEqual([]);
  await passes(100);

  expect(applied).toEqual(['whole']);
});

test('04 G-83: who asks for a reload gets what lies there now, one after the other', async () => {
  const { reloader, applied, reports, write } = await setUp();
  write('second');
  const results = await Promise.all([reloader.reload('admin'), reloader.reload('SIGHUP')]);

  expect(results.map(({ outcome }) => outcome)).toEqual(['loaded', 'unchanged']);
  expect(applied).toEqual(['second']);
  expect(reports).toMatchObject([{ trigger: 'admin', outcome: 'loaded' }]);
});

test('04 G-83: a mistake is told once, however often the file is looked at, and another one anew', async () => {
  const { reloader, applied, reports, write, passes } = await setUp();
  write('bad one');
  await passes(1_000);
  for (let look = 0; look < 5; look += 1) await passes(1_000);
  expect(reports).toMatchObject([{ trigger: 'poll', outcome: 'invalid', code: 'CONFIG_INVALID' }]);
  expect(reloader.failure?.publicMessage).toContain('bad one');

  write('bad two');
  await expect(reloader.reload('admin')).rejects.toThrow('bad two');
  expect(reports).toHaveLength(2);
  expect(applied).toEqual([]);
});

test('04 G-83: a file that is put back as it was is no longer stale, and nothing is put in force', async () => {
  const { reloader, applied, write, passes } = await setUp();
  write('bad');
  await expect(reloader.reload('admin')).rejects.toThrow('bad');
  write('first');
  await passes(1_000);
  await passes(1_000);

  expect(reloader.failure).toBeUndefined();
  expect(applied).toEqual([]);
});

test('04 G-83: a file that is not there is a mistake like any other', async () => {
  const { reloader, remove } = await setUp();
  remove();

  await expect(reloader.reload('admin')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  expect(reloader.failure?.publicMessage).toContain('cannot be read');
});
