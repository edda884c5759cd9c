import { until } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { StdioRelay } from './stdio-relay.ts';

type Answer = (request: Request) => Promise<Response> | Response;

/** A relay to an endpoint that a test answers for; all that it sent and wrote. */
function relayTo(answer: Answer) {
  const sent: Request[] = [];
  const written: string[] = [];
  const relay = new StdioRelay({
    target: () => ({ url: 'http://127.0.0.1:8080/mcp', key: 'flk_key' }),
    write: async (text) => void written.push(text),
    reconnectMsMax: 2_000,
    listTools: async () => [
      { name: 'a__marked', inputSchema: { properties: { region: { type: 'string', 'x-mcp-header': 'Region' } } } },
    ],
    async fetch(input, init) {
      const request = new Request(input, init);
      sent.push(request.clone());
      return await answer(request);
    },
  });
  return { relay, sent, written };
}

const initialize = '{"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}';
const initialized = '{"jsonrpc":"2.0","method":"notifications/initialized"}';
const modernMeta = '"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}';

function modernCall(id: number, name: string): string {
  return `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"${name}",${modernMeta}}}`;
}

/** A legacy endpoint that knows one session at a time. */
function legacyEndpoint(sessions: { current: string; made: number }): Answer {
  return async (request) => {
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    const message: { id?: number; method: string } = JSON.parse(await request.text());
    if (message.method === 'initialize') {
      sessions.made += 1;
      sessions.current = `session-${sessions.made}`;
      const result = { protocolVersion: '2025-11-25' };
      return Response.json(
        { jsonrpc: '2.0', id: message.id, result },
        { headers: { 'mcp-session-id': sessions.current } },
      );
    }
    if (request.headers.get('mcp-session-id') !== sessions.current) return new Response(null, { status: 404 });
    if (message.id === undefined) return new Response(null, { status: 202 });
    return Response.json({ jsonrpc: '2.0', id: message.id, result: { tools: [] } });
  };
}

test('legacy: names the session and the revision agreed on, also when the client does not wait', async () => {
  const { relay, sent, written } = relayTo(legacyEndpoint({ current: '', made: 0 }));

  relay.accept(initialize);
  relay.accept(initialized);
  relay.accept('{"jsonrpc":"2.0","id":1,"method":"tools/list"}');
  await until(() => written.length === 2, { withinMs: 5_000, what: 'two answers' });
  await relay.close();

  const list = sent[2];
  expect(list?.headers.get('mcp-session-id')).toBe('session-1');
  expect(list?.headers.get('mcp-protocol-version')).toBe('2025-11-25');
  expect(sent.at(-1)?.method).toBe('DELETE');
});

// A gateway that restarts forgets its sessions; the client of a desktop program would be dead until it restarts too.
test('legacy: makes a lost session again, once for all requests, and answers them all', async () => {
  const sessions = { current: '', made: 0 };
  const { relay, written } = relayTo(legacyEndpoint(sessions));
  relay.accept(initialize);
  await until(() => written.length === 1, { withinMs: 5_000, what: 'the session' });
  sessions.current = 'gone';

  for (const id of [1, 2, 3]) relay.accept(`{"jsonrpc":"2.0","id":${id},"method":"tools/list"}`);
  await until(() => written.length === 4, { withinMs: 5_000, what: 'three answers' });
  await relay.close();

  expect(sessions.made).toBe(2);
  expect(written.slice(1).map((line) => JSON.parse(line).result)).toEqual([
    { tools: [] },
    { tools: [] },
    { tools: [] },
  ]);
});

test('modern: repeats method and name in the headers, and keeps the body to the byte', async () => {
  const { relay, sent, written } = relayTo(() => Response.json({ jsonrpc: '2.0', id: 7, result: {} }));
  const line = modernCall(7, 'data__query_database').replace('"id":7', '"id": 7.0');

  relay.accept(line);
  await until(() => written.length === 1, { withinMs: 5_000, what: 'the answer' });
  await relay.close();

  const [request] = sent;
  expect(await request?.text()).toBe(line);
  expect(request?.headers.get('mcp-protocol-version')).toBe('2026-07-28');
  expect(request?.headers.get('mcp-method')).toBe('tools/call');
  expect(request?.headers.get('mcp-name')).toBe('data__query_database');
  expect(request?.headers.get('mcp-session-id')).toBeNull();
});

test('modern: puts on the headers that a tool asks for, once the gateway missed them', async () => {
  const { relay, sent, written } = relayTo((request) => {
    if (request.headers.get('mcp-param-region') === 'eu') return serves(1);
    return Response.json({ jsonrpc: '2.0', id: 1, error: { code: -32_020, message: 'missing' } }, { status: 400 });
  });
  const call = modernCall(1, 'a__marked').replace('"name"', '"arguments":{"region":"eu"},"name"');

  for (const count of [1, 2]) {
    relay.accept(call);
    await until(() => written.length === count, { withinMs: 5_000, what: 'the answer' });
  }
  relay.accept(modernCall(2, 'a__unmarked'));
  await until(() => written.length === 3, { withinMs: 5_000, what: 'the refusal' });
  await relay.close();

  expect(written.map((line) => JSON.parse(line))).toMatchObject([{ result: {} }, { result: {} }, { error: {} }]);
  expect(sent.map(({ headers }) => headers.get('mcp-param-region'))).toEqual([null, 'eu', 'eu', null, null]);
});

test('modern: a cancel closes the response and is not sent, and no answer is written', async () => {
  const { relay, sent, written } = relayTo(
    (request) =>
      new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason));
      }),
  );

  relay.accept(modernCall(1, 'a__slow'));
  await until(() => sent.length === 1, { withinMs: 5_000, what: 'the request' });
  relay.accept('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}');
  await relay.close();

  expect(sent[0]?.signal.aborted).toBe(true);
  expect(sent).toHaveLength(1);
  expect(written).toEqual([]);
});

test('writes an answer that is spread over lines as one line, its values unchanged', async () => {
  const { relay, written } = relayTo(
    () =>
      new Response('{\n  "id": 1,\r\n  "n": 9007199254740993\n}', { headers: { 'content-type': 'application/json' } }),
  );

  relay.accept(modernCall(1, 'a__b'));
  await relay.close();

  expect(written).toEqual(['{   "id": 1,   "n": 9007199254740993 }']);
});

test('a refusal over plain HTTP is answered under the id of the client, in the words of the gateway', async () => {
  const problem = {
    type: 'about:blank',
    title: 'No',
    status: 401,
    detail: 'The key has expired.',
    code: 'AUTH_EXPIRED',
  };
  const { relay, written } = relayTo(() => Response.json(problem, { status: 401 }));

  relay.accept(modernCall(5, 'a__b'));
  await relay.close();

  expect(written.map((line) => JSON.parse(line))).toEqual([
    { jsonrpc: '2.0', id: 5, error: { code: -32_000, message: 'The key has expired.' } },
  ]);
});

test('a stream that ends without the answer is answered with an error', async () => {
  const { relay, written } = relayTo(
    () =>
      new Response('data: {"jsonrpc":"2.0","method":"notifications/progress"}\n\n', {
        headers: { 'content-type': 'text/event-stream' },
      }),
  );

  relay.accept(modernCall(5, 'a__b'));
  await relay.close();

  expect(written.map((line) => JSON.parse(line))).toEqual([
    { jsonrpc: '2.0', method: 'notifications/progress' },
    {
      jsonrpc: '2.0',
      id: 5,
      error: {
        code: -32_000,
        message: 'The gateway went away while this call was open. It may have run. Fix: look before you call again',
      },
    },
  ]);
});

function refused(): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
}

function cutOff(): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
}

const drains = (): Response => new Response(null, { status: 503, headers: { 'retry-after': '1' } });
const serves = (id: number): Response => Response.json({ jsonrpc: '2.0', id, result: {} });

test.for([
  ['refuses connections', refused],
  ['drains', drains],
] as const)('03 C9: sends a call once more while a gateway that was there %s: nothing of it ran', async ([, away]) => {
  const answers = [(): Response => serves(1), away, away, (): Response => serves(2)];
  const { relay, sent, written } = relayTo(() => (answers.shift() ?? refused)());
  relay.accept(modernCall(1, 'a__b'));
  await until(() => written.length === 1, { withinMs: 5_000, what: 'the first answer' });

  relay.accept(modernCall(2, 'a__b'));
  await until(() => written.length === 2, { withinMs: 5_000, what: 'the second answer' });
  await relay.close();

  expect(JSON.parse(written[1] ?? '')).toEqual({ jsonrpc: '2.0', id: 2, result: {} });
  expect(sent).toHaveLength(4);
});

test('03 C9: never sends a call again of which a byte may have left, and says so', async () => {
  const answers = [(): Response => serves(1), cutOff];
  const { relay, sent, written } = relayTo(() => (answers.shift() ?? refused)());
  relay.accept(modernCall(1, 'a__b'));
  await until(() => written.length === 1, { withinMs: 5_000, what: 'the first answer' });

  relay.accept(modernCall(2, 'a__b'));
  await until(() => written.length === 2, { withinMs: 5_000, what: 'the error' });
  await relay.close();

  expect(JSON.parse(written[1] ?? '')).toMatchObject({
    id: 2,
    error: { message: expect.stringContaining('may have run') },
  });
  expect(sent).toHaveLength(2);
});

test('legacy: a session that was made again gets the log level and the subscriptions of the old one', async () => {
  const sessions = { current: '', made: 0 };
  const { relay, sent, written } = relayTo(legacyEndpoint(sessions));
  relay.accept(initialize);
  await until(() => written.length === 1, { withinMs: 5_000, what: 'the session' });
  const asked = [
    { id: 1, method: 'logging/setLevel', params: { level: 'debug' } },
    { id: 2, method: 'resources/subscribe', params: { uri: 'a:kept' } },
    { id: 3, method: 'resources/subscribe', params: { uri: 'a:dropped' } },
    { id: 4, method: 'resources/unsubscribe', params: { uri: 'a:dropped' } },
  ];
  for (const [index, request] of asked.entries()) {
    relay.accept(JSON.stringify({ jsonrpc: '2.0', ...request }));
    await until(() => written.length === index + 2, { withinMs: 5_000, what: 'an answer' });
  }
  sessions.current = 'gone';
  const before = sent.length;

  relay.accept('{"jsonrpc":"2.0","id":9,"method":"tools/list"}');
  await until(() => written.some((line) => JSON.parse(line).id === 9), { withinMs: 5_000, what: 'the answer' });
  await relay.close();

  const posted = sent.slice(before).filter(({ method }) => method === 'POST');
  const bodies = await Promise.all(posted.map(async (request) => JSON.parse(await request.text())));
  expect(bodies.map(({ id, method, params }) => ({ id, method, params }))).toEqual([
    { id: 9, method: 'tools/list' },
    { id: 0, method: 'initialize', params: {} },
    { method: 'notifications/initialized' },
    { id: 'fairlead-restore-0', method: 'logging/setLevel', params: { level: 'debug' } },
    { id: 'fairlead-restore-1', method: 'resources/subscribe', params: { uri: 'a:kept' } },
    { id: 9, method: 'tools/list' },
  ]);
  expect(written.filter((line) => line.includes('fairlead-restore'))).toEqual([]);
});

// Nobody may call anything after a restart; news would never come again.
test('legacy: a stream that finds its session gone makes it again, and the client reads its lists again', async () => {
  let sessions = 0;
  const { relay, sent, written } = relayTo(async (request) => {
    const isCurrent = request.headers.get('mcp-session-id') === 's2';
    if (request.method === 'GET')
      return isCurrent ? new Response(null, { status: 405 }) : new Response(null, { status: 404 });
    if (!(await request.text()).includes('protocolVersion')) return new Response(null, { status: 202 });
    sessions += 1;
    const capabilities = { tools: { listChanged: true }, prompts: {} };
    const answer = { jsonrpc: '2.0', id: 0, result: { protocolVersion: '2025-11-25', capabilities } };
    return Response.json(answer, { headers: { 'mcp-session-id': `s${sessions}` } });
  });
  relay.accept(initialize.replace('{}', '{"protocolVersion":"2025-11-25"}'));

  relay.accept(initialized);
  await until(() => written.length === 2, { withinMs: 5_000, what: 'the notice' });
  await until(() => sent.filter(({ method }) => method === 'GET').length === 2, {
    withinMs: 5_000,
    what: 'a new stream',
  });
  await relay.close();

  expect(JSON.parse(written[1] ?? '')).toEqual({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
});

test('03 G3, legacy: an answer whose stream breaks is gone on with by the id of its last event', async () => {
  const stream = { headers: { 'content-type': 'text/event-stream' } };
  const { relay, sent, written } = relayTo(async (request) => {
    if (request.method === 'GET') {
      return new Response('id: 2_p\ndata: {"jsonrpc":"2.0","id":1,"result":{"late":true}}\n\n', stream);
    }
    const text = await request.text();
    if (!text.includes('initialize')) return new Response('id: 1_p\ndata:\n\n', stream);
    const answer = { jsonrpc: '2.0', id: 0, result: { protocolVersion: '2025-11-25' } };
    return Response.json(answer, { headers: { 'mcp-session-id': 's' } });
  });
  relay.accept(initialize);

  relay.accept('{"jsonrpc":"2.0","id":1,"method":"tools/call"}');
  await until(() => written.length === 2, { withinMs: 5_000, what: 'the answer' });
  await relay.close();

  expect(JSON.parse(written[1] ?? '')).toEqual({ jsonrpc: '2.0', id: 1, result: { late: true } });
  const resumed = sent.find(({ method }) => method === 'GET');
  expect(resumed?.headers.get('last-event-id')).toBe('1_p');
  expect(resumed?.headers.get('mcp-session-id')).toBe('s');
});

test.for([
  ['a page of a proxy', 'text/html', '<html></html>'],
  ['a stream of something else', 'text/event-stream', 'data: hello\n\n'],
])('writes nothing but MCP: %s becomes an error', async ([, type = '', body = '']) => {
  const { relay, written } = relayTo(() => new Response(body, { headers: { 'content-type': type } }));

  relay.accept(modernCall(1, 'a__b'));
  await relay.close();

  expect(written.map((line) => JSON.parse(line))).toEqual([{ jsonrpc: '2.0', id: 1, error: expect.anything() }]);
});
