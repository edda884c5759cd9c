import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const mainFile = fileURLToPath(new URL('../probe-main.ts', import.meta.url));
const running = new Set<ChildProcessWithoutNullStreams>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

function start(
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, ['--conditions=@fairlead/source', mainFile, ...flags], {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', ...environment },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function outputOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

const modernMeta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 't', version: '1' },
};
const openings = {
  legacy: [
    {
      jsonrpc: '2.0',
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } },
    },
    { jsonrpc: '2.0', method: 'notifications/initialized' },
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo_text', arguments: { text: 'hi' } } },
  ],
  modern: [
    { jsonrpc: '2.0', id: 0, method: 'server/discover', params: { _meta: modernMeta } },
    {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'echo_text', arguments: { text: 'hi' }, _meta: modernMeta },
    },
  ],
};

test.each(['legacy', 'modern'] as const)(
  'P-18: speaks the %s era over stdio, as the owner of the process, and nothing else on stdout',
  async (era) => {
    const child = start(['--stdio']);
    const lines = createInterface({ input: child.stdout });
    for (const message of openings[era]) child.stdin.write(`${JSON.stringify(message)}\n`);

    const answers: { id?: unknown; result?: unknown }[] = [];
    for await (const line of lines) {
      answers.push(Object(JSON.parse(line)));
      if (answers.length === 2) break;
    }
    const endedAtMs = performance.now();
    child.stdin.end();
    const [code] = await once(child, 'exit');

    expect(answers.at(-1)).toMatchObject({ id: 1, result: { structuredContent: { text: 'hi', caller: 'local' } } });
    expect(code).toBe(0);
    // The specification gives a server two seconds after the end of its input.
    expect(performance.now() - endedAtMs).toBeLessThan(2_000);
  },
);

test('P-18: still answers a slow call that was piped in before the end of input', async () => {
  const child = start(['--stdio']);
  const [hello, initialized] = openings.legacy;
  const call = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'wait_long', arguments: { name: 'x', milliseconds: 300 } },
  };
  child.stdin.end([hello, initialized, call].map((message) => `${JSON.stringify(message)}\n`).join(''));

  const text = await outputOf(child.stdout);

  expect(text).toContain('"waited":true');
});

test('ends with exit code 1 and one line for each wrong setting, without a stack', async () => {
  const child = start([], { PORT: 'http', DRAIN_SECONDS: '9999', KEY_PEPPER: 'hunter2' });

  const [text, [code]] = await Promise.all([outputOf(child.stderr), once(child, 'exit')]);

  expect(code).toBe(1);
  expect(text.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^fairlead-probe: PORT=http is not .*Example: PORT=/),
    expect.stringMatching(/^fairlead-probe: KEY_PEPPER is not /),
    expect.stringMatching(/^fairlead-probe: DRAIN_SECONDS=9999 is not .*\(0 to 600\)/),
  ]);
  expect(text).not.toContain('hunter2');
});

test('refuses an unknown argument and says the right ones', async () => {
  const child = start(['--help-me']);

  const [text, [code]] = await Promise.all([outputOf(child.stderr), once(child, 'exit')]);

  expect([code, text]).toEqual([1, 'unknown argument --help-me\n  fix: fairlead-probe [--stdio | --version]\n']);
});

test('P-20: SIGTERM ends a served process with exit code 0', async () => {
  const child = start([], { PORT: '0', OPS_PORT: '0', LOG_LEVEL: 'info' });
  for await (const line of createInterface({ input: child.stderr })) if (line.includes('service.started')) break;

  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');

  expect(code).toBe(0);
});
