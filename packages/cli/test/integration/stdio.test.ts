import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startTestService } from '@fairlead/server-kit/testing';
import { connectV1Stdio, connectV2Stdio } from '@fairlead/testkit/clients';
import { freePort, until } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { createEchoService, echoRoles, type EchoLog } from './echo-service.ts';
import { fromSource, runCli } from './run-cli.ts';

async function startEcho(log: EchoLog = { cancelled: [] }) {
  const service = await startTestService(createEchoService(log), { roles: echoRoles });
  const env = { FAIRLEAD_URL: new URL(service.mcpUrl).origin, FAIRLEAD_KEY: service.keys['admin'] ?? '' };
  const command = { command: process.execPath, args: [...fromSource, 'stdio'], env };
  return { env, command, [Symbol.asyncDispose]: service.stop };
}

type StdioCommand = Awaited<ReturnType<typeof startEcho>>['command'];

const clients = {
  'v1, legacy': (command: StdioCommand) => connectV1Stdio(command),
  'v2, legacy': (command: StdioCommand) => connectV2Stdio({ ...command, mode: 'legacy' }),
  'v2, auto': (command: StdioCommand) => connectV2Stdio({ ...command, mode: 'auto' }),
  'v2, modern': (command: StdioCommand) => connectV2Stdio({ ...command, mode: '2026-07-28' }),
};

test.for(Object.entries(clients))('%s: lists, calls, and reads a failed call over stdio', async ([, connect]) => {
  await using echo = await startEcho();
  await using client = await connect(echo.command);

  const tools = await client.listTools();
  const echoed = await client.callTool('echo_text', { text: 'over stdio' });
  const failed = await client.callTool('find_nothing', {});

  expect(tools.map(({ name }) => name)).toContain('echo_text');
  expect(echoed.structuredContent).toEqual({ echoed: 'over stdio' });
  expect(failed.isError).toBe(true);
});

test.for(Object.entries(clients))('%s: a cancelled call ends on the server', async ([, connect]) => {
  const log: EchoLog = { cancelled: [] };
  await using echo = await startEcho(log);
  await using client = await connect(echo.command);
  const cancel = new AbortController();
  const call = client.callTool('wait_long', {}, { signal: cancel.signal });
  const refusal = call.then(
    () => 'answered',
    () => 'refused',
  );
  // The request has to be on the server before it can be cancelled there: a later one has been answered.
  await client.callTool('echo_text', { text: 'after' });

  cancel.abort();

  expect(await refusal).toBe('refused');
  await until(() => log.cancelled.length === 1, { withinMs: 5_000, what: 'the call to end on the server' });
});

/** Starts the bare command; `lines` grows with what it writes. */
function startStdio(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [...fromSource, 'stdio'], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let written = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written += text));
  return { child, lines: () => written.split('\n').filter((line) => line !== '') };
}

test('answers what is on its way when its input ends, and is gone within 2 s', async () => {
  await using echo = await startEcho();
  const { child, lines } = startStdio(echo.env);
  await once(child, 'spawn');
  const request = { jsonrpc: '2.0', id: 9, method: 'tools/list', params: modernParams };
  const stuck = {
    jsonrpc: '2.0',
    id: 10,
    method: 'tools/call',
    params: { ...modernParams, name: 'wait_long', arguments: {} },
  };
  child.stdin.write(`${JSON.stringify(stuck)}\n${JSON.stringify(request)}\n`);
  await until(() => lines().length === 1, { withinMs: 20_000, what: 'the first answer' });
  const endedMs = performance.now();

  child.stdin.end();
  const [code] = await once(child, 'exit');

  expect(code).toBe(0);
  expect(performance.now() - endedMs).toBeLessThan(2_000);
  expect(lines().map((line) => JSON.parse(line).id)).toEqual([9]);
});

test('01 §3: answers with an error that says the mend while no fleet runs, goes on, and ends with 4', async () => {
  const { child, lines } = startStdio({ FAIRLEAD_URL: `http://127.0.0.1:${await freePort()}`, FAIRLEAD_KEY: 'flk_x' });
  child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}\nno json\n');

  await until(() => lines().length === 2, { withinMs: 20_000, what: 'two answers' });
  child.stdin.end();
  const [code] = await once(child, 'exit');

  expect(code).toBe(4);
  const messages = lines().map((line) => JSON.parse(line));
  expect(messages).toContainEqual({
    jsonrpc: '2.0',
    id: 1,
    error: { code: -32_000, message: 'The gateway does not answer. Fix: fairlead doctor' },
  });
  expect(messages).toContainEqual({
    jsonrpc: '2.0',
    id: null,
    error: { code: -32_700, message: 'the line is not JSON' },
  });
});

test('01 §3: a key that the gateway does not take ends with 3', async () => {
  await using echo = await startEcho();
  const { child, lines } = startStdio({ ...echo.env, FAIRLEAD_KEY: 'flk_none_0123456789' });
  child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}\n');

  await until(() => lines().length === 1, { withinMs: 20_000, what: 'the refusal' });
  child.stdin.end();
  const [code] = await once(child, 'exit');

  expect(code).toBe(3);
});

test.for([
  { env: { FAIRLEAD_URL: 'http://127.0.0.1:8080' }, argv: [], code: 3, says: 'no key is known' },
  { env: { FAIRLEAD_URL: 'localhost' }, argv: [], code: 1, says: 'not an http or https address' },
  { env: {}, argv: ['--fleet', '/no/such/folder'], code: 1, says: 'nothing is there' },
])('01 §3: what no restart can mend ends at once with $code: $says', async ({ env, argv, code, says }) => {
  const run = await runCli(['stdio', ...argv], { env });

  expect(run).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(says) });
});

test('a line above 4 MiB is refused under its own id, and the next one is served', async () => {
  await using echo = await startEcho();
  const { child, lines } = startStdio(echo.env);
  const huge = { method: 'tools/call', params: { name: 'x'.repeat(4 * 1024 * 1024) }, jsonrpc: '2.0', id: 'huge' };
  const small = { jsonrpc: '2.0', id: 2, method: 'tools/list', params: modernParams };

  child.stdin.write(`${JSON.stringify(huge)}\n${JSON.stringify(small)}\n`);

  await until(() => lines().length === 2, { withinMs: 20_000, what: 'two answers' });
  child.stdin.end();
  await once(child, 'exit');
  const messages = lines().map((line) => JSON.parse(line));
  expect(messages).toContainEqual(expect.objectContaining({ id: 'huge', error: expect.anything() }));
  expect(messages).toContainEqual(expect.objectContaining({ id: 2, result: expect.anything() }));
});

const modernParams = {
  _meta: {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  },
};
