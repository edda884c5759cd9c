import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { rawMcp, type RawAnswer } from '@fairlead/testkit/clients';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBackendDouble, type BackendDouble } from '../support/backend-double.ts';
import { startTestGateway, type TestGateway } from '../support/start-test-gateway.ts';

const roles = {
  admin: { allow: ['*'] },
  reader: { allow: ['notes:read'] },
  slow: { allow: ['notes:read'] },
  empty: { allow: [] },
};

const stack = new AsyncDisposableStack();
let gateway: TestGateway;
let notes: BackendDouble;

function toolOf(name: string, permission: string, schema = {}): unknown {
  return {
    name,
    inputSchema: { type: 'object', ...schema },
    _meta: { 'dev.fairlead/permission': permission, 'dev.fairlead/effect': 'read' },
  };
}

beforeAll(async () => {
  const region = { properties: { region: { type: 'string', 'x-mcp-header': 'Region' } } };
  notes = stack.use(
    await startBackendDouble({
      tools: [toolOf('read', 'notes:read'), toolOf('secret', 'notes:secret'), toolOf('routed', 'notes:read', region)],
      prompts: [{ name: 'hidden' }],
      resources: [{ uri: 'note://hidden', name: 'h' }],
    }),
  );
  const servers = { notes: { url: notes.url, trust: 'internal' }, other: { url: notes.url } };
  const limits = [{ match: { role: 'slow', tool: 'notes__*' }, rate: '1/h', burst: 1 }];
  gateway = stack.use(await startTestGateway({ servers, roles, limits }));
});
afterAll(() => stack.disposeAsync());

const as = (role: string, path = '/mcp') => rawMcp(`${gateway.url}${path}`, gateway.as(role));
const call = (role: string, name: string): Promise<RawAnswer> =>
  as(role).modern({ method: 'tools/call', params: { name, arguments: {} } });

test.each([
  { kind: 'no credential', headers: {}, status: 401, code: 'AUTH_REQUIRED', challenge: 'Bearer' },
  {
    kind: 'an unknown key',
    headers: { authorization: `Bearer flk_${'a'.repeat(12)}_${'b'.repeat(43)}` },
    status: 401,
    code: 'AUTH_INVALID',
    challenge: 'Bearer error="invalid_token"',
  },
  {
    kind: 'something else',
    headers: { authorization: 'Basic abc' },
    status: 401,
    code: 'AUTH_INVALID',
    challenge: 'Bearer error="invalid_token"',
  },
  {
    kind: 'two credentials',
    headers: { authorization: 'Bearer a', 'x-api-key': 'b' },
    status: 400,
    code: 'AUTH_AMBIGUOUS',
    challenge: undefined,
  },
])('04 §15, G-58: $kind is refused with a challenge and recorded', async ({ headers, status, code, challenge }) => {
  const answer = await rawMcp(gateway.mcp, headers).modern({ method: 'tools/list' });

  expect(answer.status).toBe(status);
  expect(answer.messages[0]?.error?.data).toMatchObject({ code });
  expect(answer.headers['www-authenticate']).toBe(challenge);
  expect(await gateway.auditRecord((event) => event.code === code)).toMatchObject({
    outcome: 'refused',
    decision: { outcome: 'unauthenticated' },
  });
});

test('04 §15: a known caller without any right is told as whom it is seen', async () => {
  const { status, messages, headers } = await as('empty').modern({ method: 'tools/list' });

  expect(status).toBe(403);
  expect(messages[0]?.error).toMatchObject({
    code: -31_002,
    message: expect.stringContaining('empty key'),
    data: { code: 'AUTH_NO_ROLE' },
  });
  expect(headers['www-authenticate']).toContain('insufficient_scope');
});

test('03 A4: a credential in the URL is refused', async () => {
  const { status } = await rawMcp(`${gateway.mcp}?access_token=${gateway.keys['admin'] ?? ''}`).modern({
    method: 'tools/list',
  });

  expect(status).toBe(401);
});

test.each(['modern', 'legacy'] as const)(
  '04 G-34, 03 N6: a hidden tool, prompt or resource answers byte for byte as an unknown one (%s)',
  async (era) => {
    const pairs = [
      ['tools/call', { name: 'notes__secret' }, { name: 'notes__absent' }],
      ['prompts/get', { name: 'notes__hidden' }, { name: 'notes__absent' }],
      ['resources/read', { uri: 'note://hidden' }, { uri: 'note://absent' }],
      [
        'completion/complete',
        { ref: { type: 'ref/prompt', name: 'notes__hidden' }, argument: { name: 'a', value: '' } },
        { ref: { type: 'ref/prompt', name: 'notes__absent' }, argument: { name: 'a', value: '' } },
      ],
    ] as const;
    for (const [method, hidden, unknown] of pairs) {
      const one = await as('reader')[era]({ method, params: hidden });
      const other = await as('reader')[era]({ method, params: unknown });

      expect(one.status).toBe(200);
      expect(one.messages[0]?.error?.code).toBe(-32_602);
      expect(one.text.replaceAll(/secret|hidden/g, 'absent')).toBe(other.text);
      expect(Object.keys(one.headers)).toEqual(Object.keys(other.headers));
    }
    expect(await gateway.auditRecord(({ tool }) => tool === 'notes__secret')).toMatchObject({
      decision: { outcome: 'hidden' },
      outcome: 'refused',
      principal: { sub: 'reader key' },
    });
  },
);

test('06 N04: the route of a server that the caller may not see is the route of none', async () => {
  const hidden = await as('reader', '/servers/other/mcp').modern({ method: 'tools/list' });
  const unknown = await as('reader', '/servers/absent/mcp').modern({ method: 'tools/list' });

  expect(hidden.status).toBe(404);
  expect(hidden.text).toBe(unknown.text);
});

test.each([
  { kind: 'text that is no JSON', body: '{nope', rpcCode: -32_700 },
  { kind: 'a doubled key', body: '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"}', rpcCode: -32_600 },
  { kind: 'nesting without end', body: `{"a":${'['.repeat(100_000)}`, rpcCode: -32_600 },
  { kind: 'a batch', body: '[{"jsonrpc":"2.0","id":1,"method":"ping"}]', rpcCode: -32_600 },
  {
    kind: 'a key that differs in case',
    body: '{"jsonrpc":"2.0","id":1,"method":"ping","Method":"x"}',
    rpcCode: -32_600,
  },
  { kind: '__proto__', body: '{"jsonrpc":"2.0","id":1,"method":"ping","__proto__":{}}', rpcCode: -32_600 },
  { kind: 'an answer that nobody asked for', body: '{"jsonrpc":"2.0","id":1,"result":{}}', rpcCode: -32_600 },
])('04 §15, 06 N01: $kind is refused and never sent on', async ({ body, rpcCode }) => {
  const before = notes.seen.length;
  const answer = await as('admin').send({ body });

  expect(answer.status).toBe(400);
  expect(answer.messages[0]?.error?.code).toBe(rpcCode);
  expect(notes.seen.length).toBe(before);
});

test('04 §15, 06 N02: a header that differs from the body is refused, and the record has the body’s method', async () => {
  const answer = await as('admin').modern({
    method: 'tools/call',
    params: { name: 'notes__read' },
    headers: { 'mcp-name': 'notes__secret' },
  });

  expect(answer.status).toBe(400);
  expect(answer.messages[0]).toMatchObject({
    id: 1,
    error: { code: -32_020, message: expect.stringContaining('Mcp-Name') },
  });
  expect(await gateway.auditRecord(({ code }) => code === 'WIRE_HEADER_MISMATCH')).toMatchObject({
    method: 'tools/call',
    decision: { outcome: 'invalid' },
  });
});

test('03 H2: an argument header that differs from the argument is refused', async () => {
  const params = { name: 'notes__routed', arguments: { region: 'eu' } };

  expect(
    (await as('admin').modern({ method: 'tools/call', params, headers: { 'mcp-param-region': 'us' } })).status,
  ).toBe(400);
  expect((await as('admin').modern({ method: 'tools/call', params })).status).toBe(400);
  expect(
    (await as('admin').modern({ method: 'tools/call', params, headers: { 'mcp-param-region': 'eu' } })).status,
  ).toBe(200);
});

test('04 §15: a caller over its limit is told how long to wait, as a result that the model can read', async () => {
  await call('slow', 'notes__read');
  const { status, headers, messages } = await call('slow', 'notes__read');

  expect(status).toBe(200);
  expect(Number(headers['retry-after'])).toBeGreaterThan(3_000);
  expect(messages[0]?.result).toMatchObject({
    isError: true,
    _meta: { 'dev.fairlead/error': { code: 'LIMIT_RATE', retryAfterMs: expect.any(Number) } },
  });
  expect(await gateway.auditRecord(({ code }) => code === 'LIMIT_RATE')).toMatchObject({
    decision: { outcome: 'limit', rule: 'limits[0]' },
    tool: 'notes__read',
  });
});

test('04 §15, 03 C11: a body of 5 MiB is refused with the limit, announced or not', async () => {
  const announced = await as('admin').send({ body: Buffer.alloc(5 * 1024 * 1024, 'a') });
  const chunked = await as('admin').send({
    body: Buffer.alloc(5 * 1024 * 1024, 'a'),
    headers: { 'transfer-encoding': 'chunked' },
  });
  // Without a connection that stays, only a body that was read to its end leaves a way for the answer.
  const closing = await as('admin').send({
    body: Buffer.alloc(5 * 1024 * 1024, 'a'),
    headers: { connection: 'close' },
  });

  for (const { status, messages } of [announced, chunked, closing]) {
    expect(status).toBe(413);
    expect(messages[0]?.error).toMatchObject({ data: { code: 'WIRE_TOO_LARGE', bytesMax: 4_194_304 } });
  }
});

test('03 §4: another type is 415, an Accept that allows no answer 406', async () => {
  expect((await as('admin').send({ body: '{}', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  expect((await as('admin').modern({ method: 'tools/list', headers: { accept: 'text/html' } })).status).toBe(406);
  expect((await as('admin').legacy({ method: 'tools/list', headers: { accept: 'application/json' } })).status).toBe(
    406,
  );
});

test('03 P-04: a modern client that takes no stream gets JSON', async () => {
  const { headers, status } = await as('admin').modern({
    method: 'tools/call',
    params: { name: 'notes__read' },
    headers: { accept: 'application/json' },
  });

  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/json');
});

test.each(['GET', 'DELETE', 'PUT'])(
  '03 A9, P-11: %s without a session is 405 at once, also without a credential',
  async (method) => {
    const { status, headers } = await rawMcp(gateway.mcp).send({ method });

    expect(status).toBe(405);
    expect(headers['allow']).toBe('POST');
  },
);

test('03 A9: OPTIONS is answered, and names no origin that was not asked for', async () => {
  const plain = await rawMcp(gateway.mcp).send({ method: 'OPTIONS' });
  const local = await rawMcp(gateway.mcp).send({ method: 'OPTIONS', headers: { origin: 'http://localhost:3000' } });

  expect(plain.status).toBe(204);
  expect(plain.headers).not.toHaveProperty('access-control-allow-origin');
  expect(local.headers['access-control-allow-origin']).toBe('http://localhost:3000');
});

test.each([
  ['a foreign Host', { host: 'evil.example.com' }],
  ['a foreign Origin', { origin: 'https://evil.example.com' }],
  ['the Origin null', { origin: 'null' }],
])('06 N13, 03 H8: %s is refused before the credential counts', async (_kind, headers) => {
  const answer = await as('admin').modern({ method: 'tools/list', headers });

  expect(answer.status).toBe(403);
  expect(answer.headers['content-type']).toBe('application/problem+json');
});

test('06 N13: a doubled Host is refused', async () => {
  const answer = await new Promise<number>((resolve, reject) => {
    const outgoing = request(
      gateway.mcp,
      {
        method: 'POST',
        agent: new Agent(),
        headers: ['Host', '127.0.0.1', 'Host', 'evil.example.com', 'Content-Length', '0'],
      },
      (response) => {
        void text(response).then(() => resolve(response.statusCode ?? 0));
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });

  expect([400, 403]).toContain(answer);
});

test('03 §4: an unknown method is 404 to modern clients and in the message to older ones; ping and initialize are gone in modern', async () => {
  for (const method of ['unknown/method', 'ping', 'initialize', 'logging/setLevel', 'resources/subscribe']) {
    const { status, messages } = await as('admin').modern({ method });

    expect({ method, status }).toEqual({ method, status: 404 });
    expect(messages[0]?.error?.code).toBe(-32_601);
  }
  expect(await as('admin').legacy({ method: 'unknown/method' })).toMatchObject({
    status: 200,
    messages: [{ error: { code: -32_601 } }],
  });
});

test('a method that the protocol does not have passes on the route of a server to who holds the whole server, and to nobody else', async () => {
  const before = notes.calls('vendor/method').length;

  expect((await as('reader', '/servers/notes/mcp').modern({ method: 'vendor/method' })).status).toBe(404);
  expect(notes.calls('vendor/method')).toHaveLength(before);
  expect((await as('admin', '/servers/notes/mcp').modern({ method: 'vendor/method' })).status).toBe(200);
  expect(notes.calls('vendor/method')).toHaveLength(before + 1);
});

test('a cursor that was never given out is refused', async () => {
  expect((await as('admin').modern({ method: 'tools/list', params: { cursor: 'abc' } })).messages[0]?.error?.code).toBe(
    -32_602,
  );
});

test('03 E2: the handshake of older clients is answered by the gateway, with a session of its own', async () => {
  const session = await as('admin').initialize();

  expect(session.sessionId).toMatch(/^[\w-]{100,}$/);
  expect(session.answer.messages[0]?.result).toMatchObject({
    protocolVersion: '2025-11-25',
    serverInfo: { name: 'fairlead' },
    capabilities: { tools: {} },
  });
  expect(await session.call({ method: 'ping' })).toMatchObject({ status: 200, messages: [{ result: {} }] });
});

test('04 G-67: a flood of refusals is one record with its count, and each of the door’s refusals is there', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => rawMcp(gateway.mcp, { 'x-api-key': 'flood' }).modern({ method: 'tools/list' })),
  );

  // Beyond fifty failures a minute of one address the answer is to wait (04 G-45).
  expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
  const folded = await gateway.auditRecord(({ count, principal }) => (count ?? 0) > 5 && principal === undefined);
  expect(folded.outcome).toBe('refused');
});

test('04 G-45: after fifty failed logins of one address in a minute it has to wait, and a good credential still works', async () => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, () => rawMcp(gateway.mcp, { 'x-api-key': 'guess' }).modern({ method: 'tools/list' })),
  );
  const limited = answers.filter(({ status }) => status === 429);

  expect(limited.length).toBeGreaterThan(5);
  expect(limited[0]).toMatchObject({
    headers: { 'retry-after': expect.any(String) },
    messages: [{ error: { code: -31_006, data: { code: 'LIMIT_DOOR' } } }],
  });
  expect((await as('reader').modern({ method: 'tools/list' })).status).toBe(200);
});
