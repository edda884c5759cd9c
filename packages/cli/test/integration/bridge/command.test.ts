import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { rawMcp, type RawAnswer } from '@fairlead/testkit/clients';
import { until } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { isProcessAlive } from '../../../src/is-process-alive.ts';
import { fromSource, runCli } from '../run-cli.ts';
import { fixture } from './test-bridge.ts';

const odd = [process.execPath, fixture('odd-server')];
const withinMs = 20_000;
const started = z.object({ name: z.string(), pid: z.int(), mcpUrl: z.url(), opsUrl: z.url().optional() });

/** Runs `fairlead bridge` as a process of its own, and waits until it says where it listens. */
async function startCommand(options: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [...fromSource, 'bridge', '--port', '0', '--json', ...options], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  let written = '';
  createInterface({ input: child.stdout }).on('line', (line) => (written += line));
  const exited = once(child, 'exit');
  const printed = await until(() => started.parse(JSON.parse(written)), { withinMs, what: 'the bridge to listen' });
  return { ...printed, child, exited, log: () => log };
}

function structured({ messages }: RawAnswer): Readonly<Record<string, unknown>> {
  return Object(messages.at(-1)?.result?.['structuredContent']);
}

function toolCall(name: string) {
  return { method: 'tools/call', params: { name, arguments: {} } };
}

test('03 P-20: SIGTERM answers open calls, ends stubborn servers and what they started, and exits with 0', async () => {
  const bridge = await startCommand(['--env', 'STUBBORN', '--', ...odd], { STUBBORN: '1' });
  const raw = rawMcp(bridge.mcpUrl);
  const session = await raw.initialize();
  const pids = await Promise.all([
    session.call(toolCall('pid')),
    session.call(toolCall('spawn')),
    raw.legacy(toolCall('pid')),
  ]);
  const open = session.call(toolCall('hang'));
  await until(async () => structured(await session.call(toolCall('hanging')))['hanging'] === 1, {
    withinMs,
    what: 'the call to be on the server',
  });

  bridge.child.kill('SIGTERM');

  expect(await bridge.exited).toEqual([0, null]);
  expect((await open).messages).toMatchObject([{ error: { message: expect.stringContaining('SHUTTING_DOWN') } }]);
  const numbers = pids.map((answer) => Number(structured(answer)['pid']));
  expect(numbers.filter((pid) => isProcessAlive(pid))).toEqual([]);
});

test('06 N22: a server gets the short list of variables and the named ones, and nothing else of ours', async () => {
  const bridge = await startCommand(['--env', 'WANTED', '--', ...odd], {
    WANTED: 'yes',
    HOME: '/home/me',
    FAIRLEAD_KEY: 'flk_secret',
    DATABASE_URL: 'postgres://secret',
  });

  const env = structured(await rawMcp(bridge.mcpUrl).legacy(toolCall('env')));
  bridge.child.kill('SIGTERM');
  await bridge.exited;

  expect(env).toEqual({ PATH: process.env['PATH'], HOME: '/home/me', WANTED: 'yes' });
});

const refusals = [
  { argv: ['--port', '0'], says: 'say behind -- which server to run.', fix: 'fairlead bridge --port 7002' },
  { argv: ['--port', '70000', '--', 'x'], says: '--port takes a whole number from 0 to 65535.', fix: '--port 7002' },
  { argv: ['--', 'x'], says: '--port takes a whole number', fix: '--port 7002' },
  { argv: ['--port', '0', '--env', 'A=b', '--', 'x'], says: 'not a value', fix: 'export A=...' },
  { argv: ['--port', '0', '--env', 'ABSENT', '--', 'x'], says: 'the variable is not set', fix: 'export ABSENT=' },
  { argv: ['--port', '0', '--host', '0.0.0.0', '--', 'x'], says: 'BRIDGE_TOKEN is not set', fix: 'openssl rand' },
  { argv: ['--port', '0', '--', '/no/such/server'], says: 'the server did not start: spawn', fix: '/no/such/server' },
  { argv: ['--port', '0', '--', ...odd, '--exit'], says: 'it ended (exit code 3)', fix: 'odd-server.ts --exit' },
];

test.for(refusals)('ends with 1, one cause and one fix: $says', async ({ argv, says, fix }) => {
  const { code, stdout, stderr } = await runCli(['bridge', ...argv]);

  const lines = stderr.split('\n').filter((line) => line.startsWith('fairlead:') || line.startsWith('  fix:'));
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(lines).toEqual([expect.stringContaining(says), expect.stringContaining(fix)]);
});

test('a taken port ends with 1 and names the port', async () => {
  const bridge = await startCommand(['--', ...odd]);
  const { port } = new URL(bridge.mcpUrl);

  const { code, stderr } = await runCli(['bridge', '--port', port, '--', ...odd]);
  bridge.child.kill('SIGTERM');
  await bridge.exited;

  expect(code).toBe(1);
  expect(stderr).toContain(`port ${port} of 127.0.0.1 is in use.`);
});

test('off loopback it needs ALLOWED_HOSTS too', async () => {
  const env = { BRIDGE_TOKEN: 'a-long-enough-token-0123' };

  const { code, stderr } = await runCli(['bridge', '--port', '0', '--host', '0.0.0.0', '--', ...odd], { env });

  expect(code).toBe(1);
  expect(stderr).toContain('ALLOWED_HOSTS is not set');
});
