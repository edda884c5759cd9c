import { createFakeClock } from '@fairlead/server-kit/testing';
import { rawMcp, type RawAnswer } from '@fairlead/testkit/clients';
import { until } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { isProcessAlive } from '../../../src/is-process-alive.ts';
import { fixture, startTestBridge } from './test-bridge.ts';

const odd = fixture('odd-server');
const withinMs = 20_000;

function toolCall(name: string, args: object = {}) {
  return { method: 'tools/call', params: { name, arguments: args } };
}

function structured({ messages }: RawAnswer): unknown {
  return messages.at(-1)?.result?.['structuredContent'];
}

function pidOf(answer: RawAnswer): number {
  return Number(Object(structured(answer)).pid);
}

async function readiness(opsUrl: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${opsUrl}/readyz`);
  return { status: response.status, body: await response.json() };
}

const ended = {
  error: { code: -31_007, message: expect.stringMatching(/^BRIDGE_SERVER_ENDED: .*exit code 7.*look before/) },
};

test('a server that dies in a call answers it with an error, its session is unknown then, and others go on', async () => {
  await using bridge = await startTestBridge(odd);
  const raw = rawMcp(bridge.mcpUrl);
  const [mine, other] = await Promise.all([raw.initialize(), raw.initialize()]);
  const hanging = mine.call({ ...toolCall('hang'), id: 'h' });
  await until(async () => Object(structured(await mine.call(toolCall('hanging')))).hanging === 1, {
    withinMs,
    what: 'the call to be on the server',
  });

  const dying = await mine.call({ ...toolCall('die'), id: 'd' });

  expect(dying).toMatchObject({ status: 200, messages: [{ id: 'd', ...ended }] });
  expect((await hanging).messages).toMatchObject([{ id: 'h', ...ended }]);
  await until(async () => (await mine.call(toolCall('echo'))).status === 404, { withinMs, what: 'status 404' });
  expect(structured(await other.call(toolCall('echo', { a: 1 })))).toEqual({ a: 1 });
});

test('a session whose server is killed closes its GET stream', async () => {
  await using bridge = await startTestBridge(odd);
  const session = await rawMcp(bridge.mcpUrl).initialize();
  const stream = await fetch(bridge.mcpUrl, { headers: { 'mcp-session-id': session.sessionId ?? '' } });

  process.kill(pidOf(await session.call(toolCall('pid'))), 'SIGKILL');

  expect(await stream.text()).toBe('retry: 1000\n\n');
});

test('the shared server is started again after 0.5 s, doubling, and /readyz says so until then', async () => {
  const clock = createFakeClock();
  await using bridge = await startTestBridge(odd, { clock });
  const raw = rawMcp(bridge.mcpUrl);
  expect(await readiness(bridge.opsUrl)).toMatchObject({ status: 200 });

  expect(await raw.legacy(toolCall('die'))).toMatchObject({ status: 200, messages: [ended] });
  await clock.advance(499);

  expect(await readiness(bridge.opsUrl)).toMatchObject({ status: 200 });
  const refused = await raw.legacy(toolCall('echo'));
  expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  expect(refused.messages).toMatchObject([{ error: { message: expect.stringContaining('BRIDGE_SERVER_DOWN') } }]);
  await clock.advance(1);
  await until(async () => (await raw.legacy(toolCall('echo'))).status === 200, { withinMs, what: 'it to serve again' });
  expect(bridge.log()).toContain('starting it again in 0.5 s');
});

test('what a server prints beside MCP is counted, logged without secrets, and harms no call', async () => {
  await using bridge = await startTestBridge(odd);

  const answer = await rawMcp(bridge.mcpUrl).legacy(toolCall('garbage'));

  expect(structured(answer)).toEqual({ survived: true });
  await until(() => bridge.log().includes('token='), { withinMs, what: 'the line of standard error' });
  expect(bridge.log()).toContain('hello, I am not JSON');
  expect(bridge.log()).not.toContain('0123456789abcdef0123456789');
  const metrics = await (await fetch(`${bridge.opsUrl}/metrics`)).text();
  expect(/^fairlead_bridge_broken_lines_total.* (\d+)$/m.exec(metrics)?.[1]).toBe('4');
});

test('03 C11: an answer above 32 MiB becomes an error, one of 8 MiB passes, and the server serves on', async () => {
  await using bridge = await startTestBridge(odd);
  const raw = rawMcp(bridge.mcpUrl);
  const mebibyte = 1024 * 1024;

  const tooLarge = await raw.legacy({ ...toolCall('huge', { bytes: 33 * mebibyte }), id: 'big' });
  const large = await raw.legacy(toolCall('huge', { bytes: 8 * mebibyte }));

  expect(tooLarge.messages).toMatchObject([
    { id: 'big', error: { message: expect.stringContaining('BRIDGE_ANSWER_TOO_LARGE') } },
  ]);
  expect(Object(structured(large)).text).toHaveLength(8 * mebibyte);
});

test('03 P-12: a session above the limit is refused with 503, and DELETE makes room for it', async () => {
  await using bridge = await startTestBridge(odd, { sessionsMax: 1 });
  const raw = rawMcp(bridge.mcpUrl);
  const first = await raw.initialize();

  const { answer: refused } = await raw.initialize();
  const degraded = await readiness(bridge.opsUrl);
  await first.end();

  expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '30' } });
  expect(refused.messages).toMatchObject([
    { id: 'initialize', error: { message: expect.stringContaining('--max-sessions') } },
  ]);
  expect(degraded).toMatchObject({ status: 200, body: { status: 'degraded', degraded: [{ part: 'sessions' }] } });
  await until(async () => (await raw.initialize()).answer.status === 200, { withinMs, what: 'room for a session' });
});

test('03 P-12: a session that nobody uses is ended with its server; an open GET stream counts as use', async () => {
  const clock = createFakeClock();
  await using bridge = await startTestBridge(odd, { clock, idleMsMax: 60_000 });
  const raw = rawMcp(bridge.mcpUrl);
  const [idle, listening] = await Promise.all([raw.initialize(), raw.initialize()]);
  const pid = pidOf(await idle.call(toolCall('pid')));
  const stream = await fetch(bridge.mcpUrl, { headers: { 'mcp-session-id': listening.sessionId ?? '' } });

  await clock.advance(70_000);

  expect((await idle.call(toolCall('echo'))).status).toBe(404);
  expect((await listening.call(toolCall('echo'))).status).toBe(200);
  await until(() => !isProcessAlive(pid), { withinMs, what: 'its server to end' });
  await stream.body?.cancel();
});

test('DELETE ends the server and what it started, and the session is unknown at once', async () => {
  await using bridge = await startTestBridge(odd);
  const session = await rawMcp(bridge.mcpUrl).initialize();
  const pids = [pidOf(await session.call(toolCall('pid'))), pidOf(await session.call(toolCall('spawn')))];

  const answer = await session.end();

  expect(answer.status).toBe(200);
  expect((await session.call(toolCall('echo'))).status).toBe(404);
  await until(() => !pids.some((pid) => isProcessAlive(pid)), { withinMs, what: 'both processes to end' });
});

test('what a server started ends with it, also when the server dies by itself', async () => {
  await using bridge = await startTestBridge(odd);
  const session = await rawMcp(bridge.mcpUrl).initialize();
  const pid = pidOf(await session.call(toolCall('spawn')));
  expect(isProcessAlive(pid)).toBe(true);

  const dying = await session.call(toolCall('die'));

  expect(dying.messages).toMatchObject([ended]);
  await until(() => !isProcessAlive(pid), { withinMs, what: 'the process below it to end' });
});

test('a server of the older era that dies at a method of the newer one is served all the same', async () => {
  await using bridge = await startTestBridge(odd, { args: ['--dies-on-discover'] });

  expect(structured(await rawMcp(bridge.mcpUrl).legacy(toolCall('echo', { a: 1 })))).toEqual({ a: 1 });
});

test('a server that ends before it can serve fails the start, and says how it ended', async () => {
  await expect(startTestBridge(odd, { args: ['--exit'] })).rejects.toThrow('it ended (exit code 3)');
});
