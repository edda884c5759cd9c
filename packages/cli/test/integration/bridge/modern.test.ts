import { connectV2, parseServerSentEvents, rawMcp } from '@fairlead/testkit/clients';
import { until } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { connectFullV2 } from './full-client.ts';
import { fixture, startTestBridge } from './test-bridge.ts';

const modern = fixture('modern-server');
const odd = fixture('odd-server');
const withinMs = 20_000;

test('03 E8: a server of the newer era is served in it, and an older client gets a session of its own', async () => {
  await using bridge = await startTestBridge(modern);
  await using pinned = await connectV2(bridge.mcpUrl, { mode: '2026-07-28' });
  await using older = await connectV2(bridge.mcpUrl, { mode: 'legacy' });

  expect([pinned.era, older.era]).toEqual(['modern', 'legacy']);
  for (const client of [pinned, older]) {
    expect(await client.callTool('count')).toMatchObject({ content: [{ text: 'hanging: 0, cancelled: 0' }] });
  }
});

test('03 C5: progress comes under the token of the client, before the answer, in the newer era too', async () => {
  await using bridge = await startTestBridge(modern);
  const params = { name: 'count', arguments: {}, _meta: { progressToken: 'mine' } };

  const { messages } = await rawMcp(bridge.mcpUrl).modern({ method: 'tools/call', params, id: 'c' });

  expect(messages).toMatchObject([
    { method: 'notifications/progress', params: { progressToken: 'mine', progress: 1 } },
    { method: 'notifications/progress', params: { progressToken: 'mine', progress: 2 } },
    { id: 'c', result: { content: expect.anything() } },
  ]);
});

test('03 E5: an answer of the newer era names no session, and one that a client sends counts for nothing', async () => {
  await using bridge = await startTestBridge(modern);

  const answer = await rawMcp(bridge.mcpUrl).modern({ method: 'tools/list', headers: { 'mcp-session-id': 'made-up' } });

  expect(answer.status).toBe(200);
  expect(answer.headers['mcp-session-id']).toBeUndefined();
});

test('a request without an envelope is served by a server of its own, beside the newer era', async () => {
  await using bridge = await startTestBridge(modern);

  const answer = await rawMcp(bridge.mcpUrl).legacy({ method: 'ping' });

  expect(answer).toMatchObject({ status: 200, messages: [{ id: 1, result: {} }] });
});

test('03 M1: a question is an answer in the newer era, and the retry gets through', async () => {
  await using bridge = await startTestBridge(modern);
  await using client = await connectFullV2('auto')(bridge.mcpUrl);

  const result = await client.request('tools/call', { name: 'ask', arguments: {} });

  expect(client.asked).toEqual(['elicitation/create']);
  expect(result).toMatchObject({ content: [{ text: expect.stringContaining('Ada') }] });
});

test('03 C7: closing the answer cancels the call on the server', async () => {
  await using bridge = await startTestBridge(modern);
  await using client = await connectV2(bridge.mcpUrl, { mode: '2026-07-28' });
  const cancel = new AbortController();
  const call = client.callTool('hang', {}, { signal: cancel.signal }).catch(() => 'cancelled');
  const counts = async (text: string): Promise<boolean> =>
    JSON.stringify(await client.callTool('count')).includes(text);
  await until(() => counts('hanging: 1'), { withinMs, what: 'the call to be on the server' });

  cancel.abort();

  expect(await call).toBe('cancelled');
  await until(() => counts('cancelled: 1'), { withinMs, what: 'the server to hear of it' });
});

/** Listens, and answers with what was heard once the server has said that it listens. */
async function listen(url: string): Promise<{ readonly heard: Promise<string> }> {
  const params = {
    notifications: { toolsListChanged: true },
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  };
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'subscriptions/listen',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 'same', method: 'subscriptions/listen', params }),
  });
  return { heard: response.text() };
}

test('03 S1, S2, S7: two listeners with one id hear changes under their own id, and a result at the end', async () => {
  const bridge = await startTestBridge(modern);
  // The head of the answer comes with the acknowledgement, so both listen when the change happens.
  const streams = await Promise.all([listen(bridge.mcpUrl), listen(bridge.mcpUrl)]);
  await rawMcp(bridge.mcpUrl).modern({ method: 'tools/call', params: { name: 'grow', arguments: {} } });

  await bridge[Symbol.asyncDispose]();

  const subscription = { 'io.modelcontextprotocol/subscriptionId': 'same' };
  for (const { heard } of streams) {
    const messages = parseServerSentEvents(await heard).map(({ data }) => JSON.parse(data));
    expect(messages).toMatchObject([
      { method: 'notifications/subscriptions/acknowledged', params: { _meta: subscription } },
      { method: 'notifications/tools/list_changed', params: { _meta: subscription } },
      { id: 'same', result: { resultType: 'complete', _meta: subscription } },
    ]);
  }
});

test('03 E2: a server of the older era refuses the newer one with what it knows, and v2 clients go on with that', async () => {
  await using bridge = await startTestBridge(odd);

  const answer = await rawMcp(bridge.mcpUrl).modern({ method: 'server/discover', id: 'era' });
  await using client = await connectV2(bridge.mcpUrl, { mode: 'auto' });

  expect(answer).toMatchObject({
    status: 400,
    messages: [{ id: 'era', error: { code: -32_022, data: { supported: expect.arrayContaining(['2025-11-25']) } } }],
  });
  expect(client.era).toBe('legacy');
});

test('03 H2: headers that differ from the body are refused before the server sees the request', async () => {
  await using bridge = await startTestBridge(modern);

  const answer = await rawMcp(bridge.mcpUrl).modern({
    method: 'tools/call',
    params: { name: 'count', arguments: {} },
    headers: { 'mcp-name': 'other' },
  });

  expect(answer).toMatchObject({ status: 400, messages: [{ error: { code: -32_020 } }] });
});
