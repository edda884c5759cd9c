import { keyRecord, problem } from '@fairlead/contracts';
import { rawMcp } from '@fairlead/testkit/clients';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBackendDouble } from '../support/backend-double.ts';
import { startTestGateway, type TestGateway } from '../support/start-test-gateway.ts';

const roles = { admin: { allow: ['*'] }, keeper: { allow: ['admin:keys'] }, viewer: { allow: ['notes:read'] } };

const stack = new AsyncDisposableStack();
let gateway: TestGateway;

beforeAll(async () => {
  const notes = stack.use(
    await startBackendDouble({ tools: [{ name: 'read', inputSchema: { type: 'object' } }, { name: 'broken' }] }),
  );
  gateway = stack.use(
    await startTestGateway({ servers: { notes: { url: `${notes.url}?token=hidden`, owner: 'notes-team' } }, roles }),
  );
});
afterAll(() => stack.disposeAsync());

interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends `GET /keys` and the like as a role; an empty role sends no credential. */
async function send(role: string, target: `${string} /${string}`, { body, headers = {} }: Sent = {}) {
  const [method = '', path = ''] = target.split(' ');
  const response = await fetch(`${gateway.url}/api/v1${path}`, {
    method,
    headers: { ...(role === '' ? {} : gateway.as(role)), 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const received = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text: received,
    json: received === '' ? undefined : JSON.parse(received),
  };
}

test('shows the servers, how they are, and what was left out of their lists', async () => {
  expect((await send('admin', 'GET /servers')).json).toMatchObject({
    servers: [{ name: 'notes', state: 'up', owner: 'notes-team', items: { tools: 1 } }],
  });
  const { json, text, headers } = await send('admin', 'GET /servers/notes');

  expect(json).toMatchObject({
    protocolVersions: expect.arrayContaining(['2026-07-28']),
    dropped: [{ kind: 'tool', name: 'broken', reason: expect.any(String) }],
  });
  expect(text).not.toContain('hidden');
  expect(headers.get('etag')).toMatch(/^"/);
});

test('makes a key that works at once, shows it once, and revokes it at once', async () => {
  const made = await send('keeper', 'POST /keys', { body: { name: 'robot', roles: ['viewer'] } });
  const { id, key } = made.json;

  expect(made.status).toBe(201);
  expect((await rawMcp(gateway.mcp, { 'x-api-key': key }).modern({ method: 'tools/list' })).status).toBe(200);
  const shown = await send('keeper', `GET /keys/${id}`);
  expect(keyRecord.omit({ hash: true }).parse(shown.json)).toMatchObject({ id, name: 'robot', roles: ['viewer'] });
  expect((await send('keeper', 'GET /keys')).text).not.toContain('hash');

  expect((await send('keeper', `DELETE /keys/${id}`)).status).toBe(204);
  expect((await rawMcp(gateway.mcp, { 'x-api-key': key }).modern({ method: 'tools/list' })).status).toBe(401);
  expect(await gateway.auditRecord(({ method }) => method.startsWith('DELETE'))).toMatchObject({
    principal: { sub: 'keeper key' },
    tool: id,
    decision: { outcome: 'allow' },
  });
});

test('pages, and the cursor of one page begins the next', async () => {
  const first = await send('keeper', 'GET /keys?limit=2');
  const second = await send('keeper', `GET /keys?limit=2&cursor=${first.json.nextCursor}`);
  const ids = [...first.json.keys, ...second.json.keys].map(({ id }: { id: string }) => id);

  expect(first.json.keys).toHaveLength(2);
  expect(new Set(ids).size).toBe(ids.length);
  expect((await send('keeper', 'GET /keys?cursor=%24')).status).toBe(400);
});

test('the same Idempotency-Key makes one key, and another request under it is refused', async () => {
  const headers = { 'idempotency-key': 'once' };
  const [one, other] = await Promise.all([
    send('keeper', 'POST /keys', { body: { name: 'twin', roles: ['viewer'] }, headers }),
    send('keeper', 'POST /keys', { body: { name: 'twin', roles: ['viewer'] }, headers }),
  ]);

  expect(one.text).toBe(other.text);
  expect((await send('keeper', 'POST /keys', { body: { name: 'else', roles: ['viewer'] }, headers })).status).toBe(409);
});

test('If-Match keeps a change from hitting an entry that is another one by now', async () => {
  const { json } = await send('keeper', 'POST /keys', { body: { name: 'matched', roles: ['viewer'] } });

  expect((await send('keeper', `DELETE /keys/${json.id}`, { headers: { 'if-match': '"old"' } })).status).toBe(412);
  const etag = (await send('keeper', `GET /keys/${json.id}`)).headers.get('etag') ?? '';
  expect((await send('keeper', `DELETE /keys/${json.id}`, { headers: { 'if-match': etag } })).status).toBe(204);
});

test.each([
  { kind: 'without a credential', role: '', path: '/keys', status: 401, code: 'AUTH_REQUIRED' },
  { kind: 'without the permission', role: 'viewer', path: '/keys', status: 403, code: 'AUTH_DENIED' },
  { kind: 'with another admin permission only', role: 'keeper', path: '/servers', status: 403, code: 'AUTH_DENIED' },
] as const)('refuses a list $kind, as a problem document', async ({ role, path, status, code }) => {
  const answer = await send(role, `GET ${path}`);

  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(problem.parse(answer.json)).toMatchObject({ code, status });
});

function withoutTrace(text: string): string {
  return text.replaceAll(/"traceId":"[0-9a-f]+"/g, '');
}

test('06 N04: an entry that the caller may not see answers as one that is not there', async () => {
  const { json } = await send('keeper', 'GET /keys?limit=1');
  const real = await send('viewer', `DELETE /keys/${json.keys[0].id}`);
  const absent = await send('keeper', 'DELETE /keys/aaaaaaaaaaaa');

  expect(real.status).toBe(404);
  expect(withoutTrace(real.text)).toBe(withoutTrace(absent.text));
});

test.each([
  ['an unknown field', { name: 'a', roles: ['viewer'], command: 'ls' }],
  ['no role', { name: 'a', roles: [] }],
  ['a role that no config has', { name: 'a', roles: ['ghost'] }],
  ['an end that is over', { name: 'a', roles: ['viewer'], expiresAt: '2020-01-01T00:00:00Z' }],
  ['no JSON', '{nope'],
])('refuses a key with %s', async (_kind, body) => {
  const answer = await send('keeper', 'POST /keys', { body });

  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({ code: 'INPUT_INVALID' });
});

test('an unknown path and a path that does not decode are problem documents, not pages', async () => {
  expect((await send('admin', 'GET /nothing')).json).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  expect((await send('admin', 'GET /keys/%E0%A4%A')).status).toBe(400);
});

test('04 §13: the OpenAPI document names every route, and each of them answers', async () => {
  const { json } = await send('', 'GET /openapi.json');

  expect(json.openapi).toBe('3.1.0');
  for (const [path, methods] of Object.entries<Record<string, unknown>>(json.paths)) {
    for (const method of Object.keys(methods)) {
      const target = path.replace('{name}', 'notes').replace('{id}', 'aaaaaaaaaaaa').slice(1);
      const { status } = await send(
        'admin',
        `${method.toUpperCase()} /${target}`,
        method === 'post' ? { body: {} } : {},
      );

      expect({ path, method, served: status !== 404 || path.includes('{id}') }).toEqual({ path, method, served: true });
    }
  }
});

test('01 §6: the hop keys are public', async () => {
  const keys = await (await fetch(`${gateway.url}/.well-known/jwks.json`)).json();

  expect(keys).toMatchObject({ keys: [{ kty: 'OKP', crv: 'Ed25519', use: 'sig' }] });
});

test('metrics and readiness are on the ops port', async () => {
  await rawMcp(gateway.mcp, gateway.as('admin')).modern({ method: 'tools/call', params: { name: 'notes__read' } });
  const metrics = await (await fetch(`${gateway.opsUrl}/metrics`)).text();

  expect(metrics).toMatch(/mcp_server_operation_duration_seconds_count\{[^}]*gen_ai_tool_name="notes__read"/);
  expect(metrics).toMatch(/fairlead_decisions_total\{outcome="allow",rule="\*",server="notes"/);
  expect(metrics).toContain('fairlead_backend_state{server="notes",class="up",service="gateway"} 1');
  expect(metrics).toMatch(/fairlead_audit_records_total\{service="gateway"\} [1-9]/);
  expect((await fetch(`${gateway.opsUrl}/readyz`)).status).toBe(200);
});

test('04 G-86: a name that a caller invents makes no series', async () => {
  await rawMcp(gateway.mcp, gateway.as('admin')).modern({
    method: 'tools/call',
    params: { name: 'invented_by_caller' },
  });
  await rawMcp(gateway.mcp, gateway.as('admin')).modern({ method: 'invented/method' });
  const metrics = await (await fetch(`${gateway.opsUrl}/metrics`)).text();

  expect(metrics).not.toContain('invented');
  expect(metrics).toContain('mcp_method_name="_unknown"');
});
