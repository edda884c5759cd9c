import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestService, type TestService } from '@fairlead/server-kit/testing';
import { modern, send, type WireAnswer } from '../mcp-request.ts';
import { createProbeService } from '../probe-service.ts';

let service: TestService;
let server: { url: string; key: string };

beforeAll(async () => {
  service = await startTestService(createProbeService(), {
    roles: { admin: { allow: ['*'], deny: [] }, reader: { allow: ['probe:read'], deny: [] } },
  });
  server = { url: service.mcpUrl, key: service.keys['admin'] ?? '' };
});

afterAll(() => service.stop());

const reader = () => ({ url: service.mcpUrl, key: service.keys['reader'] ?? '' });

test('P-15: answers discover with its revision, capabilities and identity', async () => {
  const { status, last } = await modern(server, { method: 'server/discover' });

  expect(status).toBe(200);
  expect(last.result).toMatchObject({
    resultType: 'complete',
    supportedVersions: ['2026-07-28'],
    capabilities: { tools: {}, resources: {}, prompts: {}, completions: {} },
    _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'fairlead-probe' } },
  });
});

test('T-02: lists tools in name order with all annotations and our own marks', async () => {
  const { last } = await modern(server, { method: 'tools/list' });

  expect(last.result).toMatchObject({
    ttlMs: 60_000,
    cacheScope: 'public',
    tools: [
      { name: 'count_steps' },
      {
        name: 'echo_text',
        annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
        _meta: { 'dev.fairlead/permission': 'probe:read', 'dev.fairlead/effect': 'read' },
      },
      { name: 'remove_shelf' },
      {
        name: 'store_thing',
        annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
      },
      { name: 'wait_long' },
    ],
  });
});

test('N03, L9: a role sees exactly the tools that it may call, and the others answer as unknown', async () => {
  const { last } = await modern(reader(), { method: 'tools/list' });
  const hidden = await modern(reader(), {
    method: 'tools/call',
    params: { name: 'store_thing', arguments: { name: 'x' } },
  });
  const unknown = await modern(reader(), {
    method: 'tools/call',
    params: { name: 'never_there', arguments: { name: 'x' } },
  });

  expect(JSON.stringify(last.result)).not.toContain('store_thing');
  expect(last.result).toMatchObject({ cacheScope: 'private' });
  expect(hidden.last.error).toEqual({ code: -32_602, message: 'Unknown tool: store_thing' });
  expect({ ...hidden.last.error, message: '' }).toEqual({ ...unknown.last.error, message: '' });
  expect(hidden.status).toBe(unknown.status);
});

test('answers a call with structure and text, and keeps the type of the id', async () => {
  const { last } = await modern(
    server,
    { method: 'tools/call', params: { name: 'echo_text', arguments: { text: 'hi' } } },
    { id: 'seven' },
  );

  expect(last.id).toBe('seven');
  expect(last.result).toMatchObject({
    resultType: 'complete',
    structuredContent: { text: 'hi', caller: 'admin' },
    content: [{ type: 'text', text: 'text: hi\ncaller: admin' }],
  });
});

test('P-16: refuses bad input as a tool result that names field and rule', async () => {
  const { last } = await modern(server, { method: 'tools/call', params: { name: 'echo_text', arguments: { txt: 1 } } });

  expect(last.result).toMatchObject({
    isError: true,
    _meta: { 'dev.fairlead/error': { code: 'INPUT_INVALID', retryable: false } },
  });
  expect(JSON.stringify(last.result)).toContain('unknown key');
  expect(last.result).not.toHaveProperty('structuredContent');
});

test('P-04, P-06: streams progress before the answer, with the client token and rising values', async () => {
  const { headers, messages, last } = await modern(
    server,
    { method: 'tools/call', params: { name: 'count_steps', arguments: { steps: 3, wait_ms: 120 } } },
    { meta: { progressToken: 'mine' } },
  );

  const seen = messages.filter((message) => message.method === 'notifications/progress').map(({ params }) => params);
  expect(headers.get('content-type')).toBe('text/event-stream');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(seen.map((params) => params?.['progress'])).toEqual([1, 2, 3]);
  expect(new Set(seen.map((params) => params?.['progressToken']))).toEqual(new Set(['mine']));
  expect(last.result).toMatchObject({ structuredContent: { steps: 3 } });
});

test('P-04: answers plain JSON and drops progress for a client that takes no event streams', async () => {
  const { headers, messages } = await modern(
    server,
    { method: 'tools/call', params: { name: 'count_steps', arguments: { steps: 2, wait_ms: 0 } } },
    { meta: { progressToken: 1 }, headers: { accept: 'application/json' } },
  );

  expect(headers.get('content-type')).toBe('application/json');
  expect(messages).toHaveLength(1);
});

const readMarks = { 'dev.fairlead/permission': 'probe:read', 'dev.fairlead/effect': 'read' };

test('G-36: marks prompts with their permission, so that a gateway can decide about them', async () => {
  const { last } = await modern(server, { method: 'prompts/list' });

  expect(last.result).toMatchObject({ prompts: [{ name: 'describe_thing', _meta: readMarks }] });
});

test('reads resources, lists templates and completes their variables', async () => {
  const read = await modern(server, { method: 'resources/read', params: { uri: 'probe://lamp' } });
  const list = await modern(server, { method: 'resources/list' });
  const templates = await modern(server, { method: 'resources/templates/list' });
  const completed = await modern(server, {
    method: 'completion/complete',
    params: { ref: { type: 'ref/resource', uri: 'probe://{name}' }, argument: { name: 'name', value: 'la' } },
  });

  expect(read.last.result).toMatchObject({
    contents: [{ uri: 'probe://lamp', text: 'A lamp.' }],
    cacheScope: 'private',
    ttlMs: 0,
  });
  expect(list.last.result).toMatchObject({
    resources: [{ uri: 'probe://lamp', name: 'lamp', _meta: readMarks }],
    cacheScope: 'private',
  });
  expect(templates.last.result).toMatchObject({
    resourceTemplates: [{ uriTemplate: 'probe://{name}', _meta: readMarks }],
  });
  expect(completed.last.result).toMatchObject({ completion: { values: ['lamp', 'ladder'] } });
});

test('T-13: answers a missing resource and a forbidden one alike', async () => {
  const nobody = await startTestService(createProbeService(), {
    roles: { writer: { allow: ['probe:write'], deny: [] } },
  });
  const missing = await modern(server, { method: 'resources/read', params: { uri: 'probe://nothing' } });
  const forbidden = await modern(
    { url: nobody.mcpUrl, key: nobody.keys['writer'] ?? '' },
    { method: 'resources/read', params: { uri: 'probe://lamp' } },
  );
  await nobody.stop();

  expect(missing.last.error?.code).toBe(-32_602);
  expect(forbidden.last.error?.code).toBe(-32_602);
  expect(forbidden.last.error?.message.replace('lamp', 'nothing')).toBe(missing.last.error?.message);
});

test('renders prompts and refuses arguments that break their schema', async () => {
  const good = await modern(server, {
    method: 'prompts/get',
    params: { name: 'describe_thing', arguments: { name: '@/etc/passwd' } },
  });
  const bad = await modern(server, { method: 'prompts/get', params: { name: 'describe_thing', arguments: {} } });

  // S-05: the argument stays text.
  expect(good.last.result).toMatchObject({
    messages: [{ role: 'user', content: { type: 'text', text: 'Describe @/etc/passwd.' } }],
  });
  expect(bad.last.error?.code).toBe(-32_602);
});

test('answers unknown methods with 404 and -32601', async () => {
  for (const method of ['ping', 'resources/subscribe', 'no/such']) {
    const { status, last } = await modern(server, { method });
    expect([method, status, last.error?.code]).toEqual([method, 404, -32_601]);
  }
});

test('T-03: a dry run changes nothing and says so', async () => {
  const { last } = await modern(server, {
    method: 'tools/call',
    params: { name: 'store_thing', arguments: { name: 'a', dry_run: true } },
  });

  expect(last.result).toMatchObject({
    structuredContent: {
      dry_run: true,
      plan: { store: 'a' },
      notice: 'Nothing was changed. Call again with dry_run: false.',
    },
  });
});

const store = (name: string, key: string): Promise<WireAnswer> =>
  modern(server, { method: 'tools/call', params: { name: 'store_thing', arguments: { name, idempotency_key: key } } });

test('T-04: replays the stored result under the same key, and refuses other arguments', async () => {
  const first = await store('lamp', 'k1');
  const again = await store('lamp', 'k1');
  const other = await store('rope', 'k1');

  expect(again.last.result?.['structuredContent']).toEqual({
    ...Object(first.last.result?.['structuredContent']),
    replayed: true,
  });
  expect(other.last.result).toMatchObject({
    isError: true,
    _meta: { 'dev.fairlead/error': { code: 'PROBE_IDEMPOTENCY_CONFLICT' } },
  });
});

test.each([
  ['broken JSON', '{"jsonrpc":', [400, -32_700]],
  ['a batch', [{ jsonrpc: '2.0', id: 1, method: 'tools/list' }], [400, -32_600]],
  ['a number', 7, [400, -32_600]],
  ['JSON nested 65 levels deep', '['.repeat(65) + ']'.repeat(65), [400, -32_600]],
  ['five MiB', JSON.stringify({ pad: 'x'.repeat(5_242_880) }), [413, -31_005]],
])('P-09: refuses %s, and goes on', async (_what, body, statusAndCode) => {
  const answer = await send(server, body);

  expect([answer.status, answer.last.error?.code]).toEqual(statusAndCode);
  const after = await modern(server, { method: 'server/discover' });
  expect(after.status).toBe(200);
});

test('P-09, P-11: names what is wrong with type, method and path', async () => {
  const type = await fetch(server.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'text/plain' },
    body: '{}',
  });
  const get = await fetch(server.url);
  const options = await fetch(server.url, { method: 'OPTIONS' });
  const path = await fetch(`${new URL(server.url).origin}/other`, { method: 'POST' });

  expect([type.status, get.status, options.status, path.status]).toEqual([415, 405, 405, 404]);
  // Some connectors start a sign-in when an unauthenticated GET is not a 405 at once.
  expect(get.headers.get('allow')).toBe('POST');
});
