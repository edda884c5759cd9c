import { startTestService, type TestService } from '@fairlead/server-kit/testing';
import { connectV1, connectV2, protocolVersions, rawMcp, type McpClient } from '@fairlead/testkit/clients';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { service } from '../../src/service.ts';
import { readNotices } from './change-stream.ts';

const writer = { allow: ['examples:read' as const, 'examples:write' as const], deny: [] };
let running: TestService;

beforeAll(async () => {
  running = await startTestService(service, {
    roles: { ada: writer, bob: writer, viewer: { allow: ['examples:read'], deny: [] } },
  });
});

afterAll(() => running.stop());

function headersOf(role: string): Record<string, string> {
  return { authorization: `Bearer ${running.keys[role] ?? ''}` };
}

async function createNote(client: McpClient, title: string): Promise<string> {
  const result = await client.callTool('create_note', { title, body: 'Body.' });
  return z.object({ uri: z.string() }).parse(result.structuredContent).uri;
}

test.for([
  ['v1', connectV1],
  ['v2', connectV2],
] as const)('the %s client writes a note, finds it in both lists, and reads it', async ([sdk, connect]) => {
  await using client = await connect(running.mcpUrl, { headers: headersOf('ada') });

  const uri = await createNote(client, `From ${sdk}`);

  expect(await client.listResources()).toContainEqual(expect.objectContaining({ uri, title: `From ${sdk}` }));
  expect(await client.listResources()).toContainEqual(expect.objectContaining({ uri: 'notes://list' }));
  const [list] = await client.readResource('notes://list');
  expect(JSON.parse(list?.text ?? '')).toMatchObject({
    notes: expect.arrayContaining([{ uri, title: `From ${sdk}`, version: 1 }]),
  });
  const [note] = await client.readResource(uri);
  expect(JSON.parse(note?.text ?? '')).toMatchObject({ title: `From ${sdk}`, body: 'Body.', tags: [], version: 1 });
});

// 06 S-45, 05 T-12: foreign and missing are one answer, and foreign ids do not complete.
test('a note of somebody else is neither read nor listed nor completed', async () => {
  await using ada = await connectV2(running.mcpUrl, { headers: headersOf('ada') });
  await using bob = await connectV2(running.mcpUrl, { headers: headersOf('bob') });
  const uri = await createNote(ada, 'Private');
  const missing = 'notes://00000000-0000-4000-8000-000000000000';
  const complete = (client: McpClient) =>
    client.complete({
      ref: { type: 'ref/resource', uri: 'notes://{id}' },
      argument: { name: 'id', value: uri.slice(8, 16) },
    });

  const errors = await Promise.all(
    [uri, missing].map((each) => bob.readResource(each).catch((error: unknown) => error)),
  );

  expect(errors).toMatchObject([{ code: -32_602 }, { code: -32_602 }]);
  expect(String(errors[0]).replace(uri, '')).toBe(String(errors[1]).replace(missing, ''));
  expect((await bob.listResources()).map((each) => each.uri)).toEqual(['notes://list']);
  expect([await complete(ada), await complete(bob)]).toMatchObject([{ values: [uri.slice(8)] }, { values: [] }]);
});

test('who may only read is not shown the tools that write', async () => {
  await using viewer = await connectV2(running.mcpUrl, { headers: headersOf('viewer') });

  expect((await viewer.listTools()).map(({ name }) => name)).toEqual(['search_notes']);
  await expect(viewer.callTool('create_note', { title: 'x', body: '' })).rejects.toMatchObject({ code: -32_602 });
});

test('tells who listens in the modern era of new notes and of changes to one', async () => {
  await using client = await connectV2(running.mcpUrl, { headers: headersOf('ada') });
  const uri = await createNote(client, 'Watched');
  const abort = new AbortController();
  const stream = await fetch(running.mcpUrl, {
    method: 'POST',
    signal: abort.signal,
    headers: {
      ...headersOf('ada'),
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': protocolVersions.modern,
      'mcp-method': 'subscriptions/listen',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'subscriptions/listen',
      params: {
        notifications: { resourcesListChanged: true, resourceSubscriptions: [uri] },
        _meta: {
          'io.modelcontextprotocol/protocolVersion': protocolVersions.modern,
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    }),
  });
  const notices = readNotices(stream, 3);

  await client.callTool('update_note', { id: uri.slice(8), expected_version: 1, title: 'Changed', dry_run: false });
  await createNote(client, 'Another');

  expect(await notices).toEqual([
    'notifications/subscriptions/acknowledged',
    `notifications/resources/updated ${uri}`,
    'notifications/resources/list_changed',
  ]);
  abort.abort();
});

test('tells who subscribed in a legacy session of a change', async () => {
  await using client = await connectV2(running.mcpUrl, { headers: headersOf('ada') });
  const uri = await createNote(client, 'Watched');
  const session = await rawMcp(running.mcpUrl, headersOf('ada')).initialize();
  await session.call({ method: 'resources/subscribe', params: { uri } });
  const abort = new AbortController();
  const stream = await fetch(running.mcpUrl, {
    signal: abort.signal,
    headers: {
      ...headersOf('ada'),
      accept: 'text/event-stream',
      'mcp-protocol-version': protocolVersions.legacy,
      'mcp-session-id': session.sessionId ?? '',
    },
  });
  const notices = readNotices(stream, 1);

  await client.callTool('update_note', { id: uri.slice(8), expected_version: 1, title: 'Changed', dry_run: false });

  expect(await notices).toEqual([`notifications/resources/updated ${uri}`]);
  abort.abort();
  await session.end();
});
