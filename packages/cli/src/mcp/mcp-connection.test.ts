import { expect, test } from 'vitest';
import { createMcpConnection } from './mcp-connection.ts';

const { signal } = new AbortController();

/** A connection to an endpoint that gives one answer, and what was sent to it. */
function connect(answer: () => Response) {
  const sent: Request[] = [];
  const connection = createMcpConnection({
    url: 'http://127.0.0.1:8080/mcp',
    key: 'flk_key',
    version: '1.2.3',
    async fetch(input, init) {
      sent.push(new Request(input, init));
      return answer();
    },
  });
  return { connection, sent };
}

test('sends a modern request that describes itself, in body and headers', async () => {
  const { connection, sent } = connect(() => Response.json({ jsonrpc: '2.0', id: 1, result: { content: [] } }));

  await connection.request('tools/call', { name: 'data__query_database', arguments: {} }, { signal });

  const [request] = sent;
  expect(request?.headers.get('authorization')).toBe('Bearer flk_key');
  expect(request?.headers.get('mcp-protocol-version')).toBe('2026-07-28');
  expect(request?.headers.get('mcp-method')).toBe('tools/call');
  expect(request?.headers.get('mcp-name')).toBe('data__query_database');
  expect(await request?.json()).toEqual({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name: 'data__query_database',
      arguments: {},
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientCapabilities': {},
        'io.modelcontextprotocol/clientInfo': { name: 'fairlead-cli', version: '1.2.3' },
      },
    },
  });
});

test('reads the answer from a stream, past the notices before it', async () => {
  const notice = '{"jsonrpc":"2.0","method":"notifications/progress","params":{}}';
  const body = `: hello\n\ndata: ${notice}\n\ndata: {"jsonrpc":"2.0","id":1,"result":{"done":true}}\n\n`;
  const { connection } = connect(() => new Response(body, { headers: { 'content-type': 'text/event-stream' } }));

  expect(await connection.request('tools/call', {}, { signal })).toEqual({ done: true });
});

test('says so when the stream ends without an answer', async () => {
  const { connection } = connect(
    () => new Response(': hello\n\n', { headers: { 'content-type': 'text/event-stream' } }),
  );

  await expect(connection.request('tools/call', {}, { signal })).rejects.toMatchObject({ exitCode: 4 });
});

test('fails with the JSON-RPC error of an answer, whatever its status', async () => {
  const error = { code: -32_602, message: 'Unknown tool: data__x' };
  const { connection } = connect(() => Response.json({ jsonrpc: '2.0', id: 1, error }, { status: 400 }));

  await expect(connection.request('tools/call', {}, { signal })).rejects.toMatchObject({
    name: 'RpcFailure',
    ...error,
  });
});

test.for([
  [401, 3],
  [403, 6],
  [503, 4],
  [429, 4],
  [413, 1],
] as const)('turns status %i into exit code %i, with the words of the gateway', async ([status, exitCode]) => {
  const problem = {
    type: 'about:blank',
    title: 'No',
    status,
    detail: 'The key has expired.',
    code: 'AUTH_KEY_EXPIRED',
  };
  const { connection } = connect(() => Response.json(problem, { status }));

  await expect(connection.request('tools/list', {}, { signal })).rejects.toMatchObject({
    exitCode,
    message: 'The key has expired.',
  });
});

// A 401 may carry a JSON-RPC error too; the exit code has to tell of the key all the same.
test('takes 401 for what it is also when its body is a JSON-RPC error', async () => {
  const error = { code: -32_001, message: 'Unknown key.' };
  const { connection } = connect(() => Response.json({ jsonrpc: '2.0', id: null, error }, { status: 401 }));

  await expect(connection.request('tools/list', {}, { signal })).rejects.toMatchObject({
    exitCode: 3,
    message: 'Unknown key.',
  });
});

test('says so when nobody answers', async () => {
  const { connection } = connect(() => {
    throw new TypeError('fetch failed');
  });

  await expect(connection.request('tools/list', {}, { signal })).rejects.toMatchObject({
    exitCode: 4,
    message: 'http://127.0.0.1:8080/mcp does not answer.',
    fix: 'fairlead doctor',
  });
});
