import { connectV1, connectV2, type McpClient } from '@fairlead/testkit/clients';
import { freePort } from '@fairlead/testkit/waiting';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startKitBackend } from '../support/kit-backend.ts';
import { startTestGateway, type TestGateway } from '../support/start-test-gateway.ts';
import { startV2Backend } from '../support/v2-backend.ts';

const roles = {
  admin: { allow: ['*'] },
  reader: { allow: ['notes:read', 'tool:pages__echo', 'prompt:pages__*', 'resource:pages:*'] },
};

const stack = new AsyncDisposableStack();
let gateway: TestGateway;

beforeAll(async () => {
  const port = await freePort();
  const notes = stack.use(await startKitBackend(`http://127.0.0.1:${port}`));
  const pages = stack.use(await startV2Backend());
  const servers = { notes: { url: notes.mcpUrl, trust: 'internal', owner: 'notes-team' }, pages: { url: pages.url } };
  gateway = stack.use(await startTestGateway({ servers, roles, port }));
});
afterAll(() => stack.disposeAsync());

const clients = [
  ['SDK v1', (url: string, headers: Record<string, string>) => connectV1(url, { headers })],
  ['SDK v2, modern', (url: string, headers: Record<string, string>) => connectV2(url, { headers, mode: '2026-07-28' })],
  ['SDK v2, legacy', (url: string, headers: Record<string, string>) => connectV2(url, { headers, mode: 'legacy' })],
] as const;

describe.each(clients)('%s', (_name, connect) => {
  const open = (path: string, role = 'admin'): Promise<McpClient> => connect(`${gateway.url}${path}`, gateway.as(role));

  test('lists all servers under one URL, each name with its server', async () => {
    await using client = await open('/mcp');

    expect((await client.listTools()).map(({ name }) => name)).toEqual([
      'notes__add_note',
      'notes__count_slowly',
      'notes__who_am_i',
      'pages__boom',
      'pages__echo',
    ]);
    expect((await client.listPrompts()).map(({ name }) => name)).toEqual(['notes__summarize', 'pages__greet']);
    expect((await client.listResources()).map(({ uri }) => uri)).toEqual(['note://first', 'page://one']);
    expect((await client.listResourceTemplates()).map(({ uriTemplate }) => uriTemplate)).toEqual([
      'note://{id}',
      'page://{name}',
    ]);
    expect(client.instructions).toContain('## notes\nNotes of a team.');
  });

  test('lists one server under its own names', async () => {
    await using client = await open('/servers/pages/mcp');

    expect((await client.listTools()).map(({ name }) => name)).toEqual(['boom', 'echo']);
  });

  test('calls a tool of a third party', async () => {
    await using merged = await open('/mcp');
    await using single = await open('/servers/pages/mcp');

    expect((await merged.callTool('pages__echo', { text: 'hi' })).content).toEqual([{ type: 'text', text: 'hi' }]);
    expect((await single.callTool('echo', { text: 'hi' })).content).toEqual([{ type: 'text', text: 'hi' }]);
  });

  test('01 §6: one of our own services learns who calls and what the caller may do', async () => {
    await using client = await open('/mcp', 'reader');
    const { structuredContent } = await client.callTool('notes__who_am_i');

    expect(structuredContent).toEqual({ sub: 'reader key', via: 'gateway', allow: ['notes:read'] });
  });

  test('passes a tool’s own failure on', async () => {
    await using client = await open('/mcp');

    expect(await client.callTool('pages__boom')).toMatchObject({ isError: true, content: [{ text: 'boom' }] });
  });

  test('reads resources, gets prompts and completes arguments at the server that has them', async () => {
    await using client = await open('/mcp');

    expect(await client.readResource('note://second')).toMatchObject([{ uri: 'note://second', text: 'note second' }]);
    expect(await client.readResource('page://one')).toMatchObject([{ uri: 'page://one', text: 'page one' }]);
    expect((await client.getPrompt('notes__summarize', { topic: 'tea' })).messages[0]?.content.text).toBe(
      'Summarize tea.',
    );
    expect((await client.getPrompt('pages__greet', { name: 'Ana' })).messages[0]?.content.text).toBe('Greet Ana');
    const ref = { type: 'ref/prompt', name: 'notes__summarize' } as const;
    expect((await client.complete({ ref, argument: { name: 'topic', value: 't' } })).values).toEqual(['tea', 'trees']);
  });

  test('03 C5: progress comes while the call runs', async () => {
    await using client = await open('/mcp');
    const seen: number[] = [];
    const result = await client.callTool(
      'notes__count_slowly',
      { steps: 3 },
      { onProgress: ({ progress }) => void seen.push(progress) },
    );

    expect(result.structuredContent).toEqual({ counted: 3 });
    expect(seen.length).toBeGreaterThan(0);
  });

  test('04 G-33: a role sees and calls only what it may, and the rest does not exist for it', async () => {
    await using client = await open('/mcp', 'reader');

    expect((await client.listTools()).map(({ name }) => name)).toEqual([
      'notes__count_slowly',
      'notes__who_am_i',
      'pages__echo',
    ]);
    await expect(client.callTool('notes__add_note', { text: 'x' })).rejects.toMatchObject({
      code: -32_602,
      message: 'Unknown tool: notes__add_note',
    });
    await expect(client.callTool('notes__nonsense')).rejects.toMatchObject({
      code: -32_602,
      message: 'Unknown tool: notes__nonsense',
    });
  });

  test('04 G-67: the call is in the audit log, with what allowed it and without its arguments', async () => {
    await using client = await open('/mcp', 'reader');
    await client.callTool('pages__echo', { text: 'a canary in an argument' });

    const record = await gateway.auditRecord(
      ({ tool, principal }) => tool === 'pages__echo' && principal?.sub === 'reader key',
    );
    expect(record).toMatchObject({
      principal: { sub: 'reader key', roles: ['reader'], via: 'key' },
      method: 'tools/call',
      server: 'pages',
      effect: 'destructive',
      decision: { outcome: 'allow', rule: 'tool:pages__echo' },
      argsDigest: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    });
    expect(await gateway.auditText()).not.toContain('canary');
  });
});
