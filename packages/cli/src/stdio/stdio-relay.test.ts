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
    write: (text) => written.push(text),
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
    { jsonrpc: '2.0', id: 5, error: { code: -32_603, message: 'the gateway ended its answer in the middle' } },
  ]);
});
