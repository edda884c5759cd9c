import { rawMcp, type RawAnswer } from '@fairlead/testkit/clients';
import { until } from '@fairlead/testkit/waiting';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/start-test-gateway.ts';
import { startV1Backend, type V1Backend } from '../support/v1-backend.ts';

const roles = { admin: { allow: ['*'] }, second: { allow: ['*'] }, echoer: { allow: ['tool:old__echo'] } };

const stack = new AsyncDisposableStack();
let gateway: TestGateway;
let backend: V1Backend;
let url: string;

beforeAll(async () => {
  backend = stack.use(await startV1Backend());
  gateway = stack.use(await startTestGateway({ servers: { old: { url: backend.url } }, roles }));
  url = `${gateway.url}/servers/old/mcp`;
});
afterAll(() => stack.disposeAsync());

async function connect(capabilities = {}): Promise<{ client: Client; transport: StreamableHTTPClientTransport }> {
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: gateway.as('admin') } });
  const client = new Client({ name: 'test', version: '1' }, { capabilities });
  await client.connect(transport);
  return { client, transport };
}

test('a real v1 client keeps a session with a real v1 server through the gateway', async () => {
  const { client, transport } = await connect();

  expect(transport.sessionId).toBeDefined();
  expect(backend.sessions.has(transport.sessionId ?? '')).toBe(false);
  expect(client.getServerVersion()).toMatchObject({ name: 'v1-backend' });
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['ask_name', 'echo']);
  expect(await client.callTool({ name: 'echo', arguments: { text: 'hi' } })).toMatchObject({
    content: [{ text: 'hi' }],
  });
  await client.close();
});

test('03 M7: a server’s question in mid-call reaches the client, and the answer reaches the server', async () => {
  const { client } = await connect({ elicitation: {} });
  client.setRequestHandler(ElicitRequestSchema, async () => ({ action: 'accept', content: { name: 'Ana' } }));

  expect(await client.callTool({ name: 'ask_name', arguments: {} })).toMatchObject({
    content: [{ text: 'Hello, Ana' }],
  });
  await client.close();
});

test('a client that hears that the list changed sees the change when it asks', async () => {
  const { client } = await connect();
  const { promise: heard, resolve } = Promise.withResolvers<void>();
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => resolve());
  await until(() => backend.streams() > 0, { withinMs: 5_000, what: 'the stream of the session' });

  backend.addTool('latecomer');
  await heard;

  expect((await client.listTools()).tools.map(({ name }) => name)).toContain('latecomer');
  await client.close();
});

test('DELETE ends the session at the server, and then it is unknown everywhere', async () => {
  const session = await rawMcp(url, gateway.as('admin')).initialize();
  const before = backend.sessions.size;

  expect((await session.end()).status).toBe(200);

  expect(backend.sessions.size).toBe(before - 1);
  expect((await session.call({ method: 'tools/list' })).status).toBe(404);
  expect(
    (await session.call({ method: 'tools/call', params: { name: 'echo', arguments: { text: 'x' } } })).status,
  ).toBe(404);
});

test('06 N05: another caller’s session, an altered one and an invented one are unknown, with the same bytes', async () => {
  const { sessionId = '' } = await rawMcp(url, gateway.as('admin')).initialize();
  const use = (role: string, id: string) =>
    rawMcp(url, gateway.as(role)).legacy({ method: 'ping', headers: { 'mcp-session-id': id } });
  const [foreign, altered, invented] = await Promise.all([
    use('second', sessionId),
    use('admin', `${sessionId.slice(0, -2)}${sessionId.endsWith('AA') ? 'BB' : 'AA'}`),
    use('admin', 'nonsense'),
  ]);

  expect(foreign.status).toBe(404);
  expect(altered.text).toBe(foreign.text);
  expect(invented.text).toBe(foreign.text);
  expect((await use('admin', sessionId)).status).toBe(200);
});

test('03 E3: GET and DELETE of an unknown session are 404, and 401 without a credential', async () => {
  for (const method of ['GET', 'DELETE']) {
    expect((await rawMcp(url, gateway.as('admin')).send({ method, headers: { 'mcp-session-id': 'x' } })).status).toBe(
      404,
    );
    expect((await rawMcp(url).send({ method, headers: { 'mcp-session-id': 'x' } })).status).toBe(401);
  }
});

test('inside a session the same decision holds: what a caller may not call is unknown', async () => {
  const session = await rawMcp(url, gateway.as('echoer')).initialize();
  const list = await session.call({ method: 'tools/list' });

  expect(list.messages[0]?.result).toMatchObject({ tools: [{ name: 'echo' }] });
  expect((await session.call({ method: 'tools/call', params: { name: 'ask_name' } })).messages[0]?.error).toMatchObject(
    { code: -32_602, message: 'Unknown tool: ask_name' },
  );
  await session.end();
});

test('03 E5: a modern client’s session id counts for nothing, also at an older server', async () => {
  const answer = await rawMcp(url, gateway.as('echoer')).modern({
    method: 'tools/call',
    params: { name: 'echo', arguments: { text: 'x' } },
    headers: { 'mcp-session-id': 'x' },
  });

  expect(answer.status).toBe(200);
  expect(answer.headers).not.toHaveProperty('mcp-session-id');
  expect(answer.messages.at(-1)?.result).toMatchObject({ resultType: 'complete', content: [{ text: 'x' }] });
});

/** Calls `/mcp` as an older client without a session does. */
function call(role: string): Promise<RawAnswer> {
  return rawMcp(gateway.mcp, gateway.as(role)).legacy({
    method: 'tools/call',
    params: { name: 'old__echo', arguments: { text: role } },
  });
}

test('on /mcp an older client without a session reaches a server that wants one, each caller in its own', async () => {
  const before = backend.sessions.size;
  const answers = await Promise.all([call('admin'), call('admin'), call('second')]);

  expect(answers.map(({ messages }) => messages.at(-1)?.result)).toMatchObject([
    { content: [{ text: 'admin' }] },
    { content: [{ text: 'admin' }] },
    { content: [{ text: 'second' }] },
  ]);
  expect(answers.every(({ headers }) => headers['mcp-session-id'] === undefined)).toBe(true);
  expect(backend.sessions.size).toBe(before + 2);
});

test('a session that the server has forgotten is opened again, and the call is made once more', async () => {
  await call('admin');
  backend.forgetSessions();

  const { status, messages } = await call('admin');

  expect(status).toBe(200);
  expect(messages.at(-1)?.result).toMatchObject({ content: [{ text: 'admin' }] });
});
