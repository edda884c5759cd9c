// Four learning servers behind one gateway: who may write, writes; who may only read, is shown less and refused the rest.
import assert from 'node:assert/strict';
import path from 'node:path';
import { connectV1, connectV2, type McpClient } from '@fairlead/testkit/clients';
import { createRunFolder, freePort } from '@fairlead/testkit/waiting';
import { z } from 'zod';
import { makeGatewayFolder, readExamplesConfig } from './src/gateway-folder.ts';
import { startServer } from './src/start-server.ts';

await using stack = new AsyncDisposableStack();
const folder = stack.use(await createRunFolder());

// Start: the servers on free ports, trusting the gateway that is to come; then the gateway, by the config of all examples.
const names = Object.keys((await readExamplesConfig()).servers);
const ports = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await freePort()] as const)));
const gatewayPort = await freePort();
const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
const environment = {
  GATEWAY_JWKS_URL: `${gatewayUrl}/.well-known/jwks.json`,
  FILES_ROOT: path.resolve(import.meta.dirname, '..'),
};
const starts = names.map((name) => startServer({ folder: `examples/${name}`, environment, port: ports[name] ?? 0 }));
for (const started of await Promise.all(starts)) stack.use(started);
const gateway = await makeGatewayFolder(folder.path, ports);
stack.use(await startServer({ folder: 'services/gateway', environment: gateway.environment, port: gatewayPort }));

const connect = async (role: string, to: typeof connectV1 | typeof connectV2 = connectV2): Promise<McpClient> =>
  stack.use(await to(`${gatewayUrl}/mcp`, { headers: { authorization: `Bearer ${gateway.keys[role]}` } }));
const developer = await connect('developer');
const viewer = await connect('viewer', connectV1);

// Act and assert: each role sees the tools of its permissions, under the names of their servers.
const readers = [
  'calculator__calculate',
  'file-search__find_files',
  'file-search__search_content',
  'notes__search_notes',
];
const writers = ['notes__create_note', 'notes__delete_note', 'notes__update_note'];
assert.deepEqual(await toolNames(viewer), readers);
assert.deepEqual(await toolNames(developer), [...readers, ...writers].toSorted());

// Both calculate; prompts and files come through the same door.
for (const client of [developer, viewer]) {
  const sum = await client.callTool('calculator__calculate', { expression: '6 * 7' });
  assert.deepEqual(sum.structuredContent, { result: 42, type: 'integer' });
}
const prompt = await viewer.getPrompt('code-prompts__explain_code', { code: '@/etc/passwd' });
assert.match(prompt.messages[0]?.content.text ?? '', /^@\/etc\/passwd$/m);
const found = await viewer.callTool('file-search__find_files', { pattern: 'fairlead.yaml' });
assert.match(found.content[0]?.text ?? '', /^fairlead\.yaml /);

// The developer keeps a note. The viewer may not write, finds nothing of it, and is told no more than of a missing tool.
const created = await developer.callTool('notes__create_note', { title: 'Ropes', body: 'Buy new ones.' });
const { id, uri } = z.object({ id: z.string(), uri: z.string() }).parse(created.structuredContent);
const search = { query: 'ropes' };
assert.match(
  JSON.stringify((await developer.callTool('notes__search_notes', search)).structuredContent),
  new RegExp(id),
);
assert.deepEqual((await viewer.callTool('notes__search_notes', search)).structuredContent, {
  notes: [],
  truncated: false,
});
const [note] = await developer.readResource(uri);
assert.match(note?.text ?? '', /Buy new ones\./);
await assert.rejects(viewer.readResource(uri), { code: -32_602 });
await assert.rejects(viewer.callTool('notes__create_note', { title: 'x', body: '' }), { code: -32_602 });
await assert.rejects(viewer.callTool('notes__no_such_tool', {}), { code: -32_602 });
console.log(`${names.join(', ')} behind ${gatewayUrl}: a developer wrote, a viewer read and was refused`);

async function toolNames(client: McpClient): Promise<readonly string[]> {
  return (await client.listTools()).map(({ name }) => name).toSorted();
}
