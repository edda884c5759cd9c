import { rawMcp, type RawAnswer, type RawCall } from '@fairlead/testkit/clients';
import { until } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { createBearerGuard } from '../../../src/bridge/bearer-guard.ts';
import { fixture, startTestBridge } from './test-bridge.ts';

const odd = fixture('odd-server');
const withinMs = 20_000;

function toolCall(name: string, args: object = {}, meta: object = {}) {
  return { method: 'tools/call', params: { name, arguments: args, _meta: meta } };
}

function structured({ messages }: RawAnswer): unknown {
  return messages.at(-1)?.result?.['structuredContent'];
}

/** A request has to be on the server before it can be cancelled there. */
async function untilHanging(call: (call: RawCall) => Promise<RawAnswer>): Promise<void> {
  const isHanging = async (): Promise<boolean> => Object(structured(await call(toolCall('hanging')))).hanging === 1;
  await until(isHanging, { withinMs, what: 'the call to be on the server' });
}

test('03 P-01, N06: 50 clients with equal ids and progress tokens each get only their own', async () => {
  await using bridge = await startTestBridge(odd);
  const raw = rawMcp(bridge.mcpUrl);
  const keys = Array.from({ length: 50 }, (_, key) => String(key));
  const calls = keys.map((key) => raw.legacy({ ...toolCall('hold', { key }, { progressToken: 'same' }), id: 1 }));

  // A call that is released too early would wait for ever, so it is released until all are answered.
  const answers = Promise.all(calls);
  let isAnswered = false;
  void answers.then(() => (isAnswered = true));
  await until(async () => (await raw.legacy(toolCall('release'))) && isAnswered, { withinMs, what: 'all answers' });

  const seen = (await answers).map((answer) => {
    const [progress, result] = answer.messages;
    return { key: structured(answer), id: result?.id, progress: progress?.params };
  });
  expect(seen).toEqual(
    keys.map((key) => ({ key: { key }, id: 1, progress: { progressToken: 'same', progress: 1, key } })),
  );
});

test('03 P-01: two requests of one session with the same id are two requests', async () => {
  await using bridge = await startTestBridge(odd);
  const session = await rawMcp(bridge.mcpUrl).initialize();

  const answers = await Promise.all(['a', 'b'].map((key) => session.call({ ...toolCall('echo', { key }), id: 'x' })));

  expect(answers.map(structured)).toEqual([{ key: 'a' }, { key: 'b' }]);
  expect(answers.map(({ messages }) => messages[0]?.id)).toEqual(['x', 'x']);
});

test('sessions do not share a server process', async () => {
  await using bridge = await startTestBridge(odd);
  const raw = rawMcp(bridge.mcpUrl);
  const sessions = await Promise.all([raw.initialize(), raw.initialize()]);

  const pids = await Promise.all(sessions.map((session) => session.call(toolCall('pid'))));

  expect(new Set(pids.map((answer) => JSON.stringify(structured(answer)))).size).toBe(2);
});

test('03 C1: unknown fields, big numbers and vendor _meta pass both ways as they were written', async () => {
  await using bridge = await startTestBridge(odd);
  const args = '{"big":9007199254740993,"nested":{"_meta":{"progressToken":"mine"},"id":5},"text":"a\\u0000b"}';
  const body = `{\n "jsonrpc":"2.0", "vendor":{"x":1},\r\n "id": "q",\n"method":"tools/call","params":{"name":"echo","arguments":${args},"_meta":{"example.com/a":[1]}}}`;

  const answer = await rawMcp(bridge.mcpUrl).send({ body });

  // The fixture writes the number anew; the bridge does not.
  expect(structured(answer)).toEqual(JSON.parse(args));
  expect(answer.messages[0]?.id).toBe('q');
});

test('03 §3: a server that asks without a session is declined, and the call goes on', async () => {
  await using bridge = await startTestBridge(odd);

  const answer = await rawMcp(bridge.mcpUrl).legacy(toolCall('ask'));

  expect(structured(answer)).toEqual({ asked: true });
});

test('what changes the state of a client needs a session', async () => {
  await using bridge = await startTestBridge(odd);

  const answer = await rawMcp(bridge.mcpUrl).legacy({ method: 'resources/subscribe', params: { uri: 'a:b' }, id: 9 });

  expect(answer.status).toBe(400);
  expect(answer.messages).toMatchObject([{ id: 9, error: { message: expect.stringContaining('Send initialize') } }]);
});

test('03 C7: a cancelled call ends on the server under its own id, and its stream ends without an answer', async () => {
  await using bridge = await startTestBridge(odd);
  const session = await rawMcp(bridge.mcpUrl).initialize();
  const call = session.call({ ...toolCall('hang'), id: 'mine' });
  await untilHanging((request) => session.call(request));

  await session.notify('notifications/cancelled', { requestId: 'mine' });

  expect((await call).messages).toEqual([]);
  expect(structured(await session.call(toolCall('cancelled')))).toEqual({ cancelled: [expect.any(Number)] });
});

test('a client without a session cancels by closing', async () => {
  await using bridge = await startTestBridge(odd);
  const raw = rawMcp(bridge.mcpUrl);
  const close = new AbortController();
  const call = raw.legacy({ ...toolCall('hang'), signal: close.signal }).catch(() => 'closed');
  await untilHanging((request) => raw.legacy(request));

  close.abort();

  expect(await call).toBe('closed');
  await until(async () => JSON.stringify(structured(await raw.legacy(toolCall('cancelled')))).match(/\[\d+\]/), {
    withinMs,
    what: 'the server to hear of it',
  });
});

test('03 G3, P-07: a client that lost its stream in a call gets the rest by Last-Event-ID', async () => {
  await using bridge = await startTestBridge(odd);
  const raw = rawMcp(bridge.mcpUrl);
  const session = await raw.initialize();
  const headers = { 'mcp-session-id': session.sessionId ?? '', 'mcp-protocol-version': '2025-11-25' };
  const cut = new AbortController();
  const broken = await fetch(bridge.mcpUrl, {
    method: 'POST',
    signal: cut.signal,
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 'lost', ...toolCall('ask') }),
  });
  const reader = broken.body?.pipeThrough(new TextDecoderStream()).getReader();
  let opening = '';
  while (!opening.includes('elicitation/create')) opening += (await reader?.read())?.value ?? '';
  cut.abort();
  const [, lastEventId = ''] = /^id: (.+)$/m.exec(opening) ?? [];

  await raw.send({ headers, body: { jsonrpc: '2.0', id: 'question', result: { action: 'decline' } } });
  const resumed = await raw.send({ method: 'GET', headers: { ...headers, 'last-event-id': lastEventId } });

  expect(resumed.messages).toMatchObject([{ id: 'lost', result: { structuredContent: { asked: true } } }]);
});

test('a list change reaches the GET stream, also one that was sent before anybody listened', async () => {
  await using bridge = await startTestBridge(odd);
  const session = await rawMcp(bridge.mcpUrl).initialize();
  await session.call(toolCall('announce'));

  const stream = await fetch(bridge.mcpUrl, { headers: { 'mcp-session-id': session.sessionId ?? '' } });

  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  while (!heard.endsWith('}\n\n')) heard += (await reader?.read())?.value ?? '';
  await reader?.cancel();
  expect(heard).toContain('notifications/tools/list_changed');
});

test('03 P-10, P-11, E4, N01: refuses a foreign host or page, a GET without a session, batches and doubled keys', async () => {
  await using bridge = await startTestBridge(odd);
  const raw = rawMcp(bridge.mcpUrl);
  const body = { jsonrpc: '2.0', id: 1, ...toolCall('echo') };
  const doubled = '{"jsonrpc":"2.0","id":1,"id":2,"method":"tools/call","params":{"name":"echo"}}';
  const doubledToken =
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":{"progressToken":1,"progressToken":2}}}';

  expect(await raw.send({ headers: { host: 'evil.example' }, body })).toMatchObject({ status: 403 });
  expect(await raw.send({ headers: { origin: 'https://evil.example' }, body })).toMatchObject({ status: 403 });
  expect(await raw.send({ method: 'GET' })).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  expect(await raw.send({ body: [body] })).toMatchObject({ status: 400 });
  expect(await raw.send({ body: doubled })).toMatchObject({ status: 400 });
  expect(await raw.send({ body: doubledToken })).toMatchObject({ status: 400 });
  expect(await raw.send({ body: '{' })).toMatchObject({ status: 400 });
  expect(await raw.send({ headers: { accept: 'text/html' }, body })).toMatchObject({ status: 406 });
  expect(await raw.send({ headers: { origin: 'http://localhost:3000' }, body })).toMatchObject({ status: 200 });
});

test('03 P-09: a body above 4 MiB is refused, one below passes', async () => {
  await using bridge = await startTestBridge(odd);
  const raw = rawMcp(bridge.mcpUrl);
  const sized = (bytes: number) => raw.legacy(toolCall('echo', { text: 'x'.repeat(bytes) }));

  expect(await sized(4 * 1024 * 1024)).toMatchObject({ status: 413 });
  expect(await sized(4 * 1024 * 1024 - 1_024)).toMatchObject({ status: 200 });
});

test('with a token, a request without it is refused before it is read', async () => {
  const token = 'a-long-enough-token-0123';
  await using bridge = await startTestBridge(odd, { bearerGuard: createBearerGuard(token, '127.0.0.1') });

  const without = await rawMcp(bridge.mcpUrl).legacy(toolCall('echo'));
  const wrong = await rawMcp(bridge.mcpUrl, { authorization: 'Bearer wrong' }).legacy(toolCall('echo'));
  const right = await rawMcp(bridge.mcpUrl, { authorization: `Bearer ${token}` }).legacy(toolCall('echo'));

  expect([without.status, wrong.status, right.status]).toEqual([401, 401, 200]);
  expect(without.headers['www-authenticate']).toBe('Bearer');
});
