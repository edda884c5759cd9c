import { rawMcp, type RawAnswer } from '@fairlead/testkit/clients';
import { until } from '@fairlead/testkit/waiting';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BridgeEvents } from '../support/bridge-events.ts';
import { createBridgeV1Server } from '../support/bridge-v1-server.ts';
import { startTestGateway, type TestGateway } from '../support/start-test-gateway.ts';
import { startV1Backend } from '../support/v1-backend.ts';

const stack = new AsyncDisposableStack();
const events: BridgeEvents = [];
let gateway: TestGateway;

beforeAll(async () => {
  const older = stack.use(await startV1Backend(() => createBridgeV1Server(events)));
  gateway = stack.use(
    await startTestGateway({
      servers: { older: { url: older.url } },
      roles: { admin: { allow: ['*'] }, second: { allow: ['*'] } },
    }),
  );
});
afterAll(() => stack.disposeAsync());

const capabilities = { elicitation: {}, sampling: {}, roots: {} };

/** One request of a modern client that can be asked everything. */
function call(name: string, params: Readonly<Record<string, unknown>> = {}, role = 'admin'): Promise<RawAnswer> {
  return rawMcp(`${gateway.url}/servers/older/mcp`, gateway.as(role)).modern({
    method: 'tools/call',
    params: { name, arguments: {}, _meta: { 'io.modelcontextprotocol/clientCapabilities': capabilities }, ...params },
  });
}

function resultOf({ messages }: RawAnswer): Readonly<Record<string, unknown>> {
  return messages.at(-1)?.result ?? {};
}

describe.each(['/mcp', '/servers/older/mcp'])('a real modern client of an older server, by %s', (path) => {
  const name = path === '/mcp' ? 'older__ask' : 'ask';

  test('03 §3: is asked in mid-call, and its answer reaches the call that waits', async () => {
    const transport = new StreamableHTTPClientTransport(new URL(`${gateway.url}${path}`), {
      requestInit: { headers: gateway.as('admin') },
    });
    const client = new Client(
      { name: 'test', version: '1' },
      { capabilities: { elicitation: {} }, versionNegotiation: { mode: { pin: '2026-07-28' } } },
    );
    client.setRequestHandler('elicitation/create', async () => ({ action: 'accept', content: {} }));
    await client.connect(transport);

    expect((await client.callTool({ name, arguments: {} })).content).toEqual([{ type: 'text', text: 'accept' }]);
    await client.close();
  });
});

test('03 M1: the question comes instead of an answer, and the answer with the rest of the call', async () => {
  const asked = resultOf(await call('ask_twice'));
  expect(asked).toMatchObject({
    resultType: 'input_required',
    inputRequests: { question: { method: 'elicitation/create', params: { message: 'First?' } } },
    requestState: expect.stringMatching(/^[\w-]+$/),
  });
  const again = resultOf(
    await call('ask_twice', {
      requestState: asked['requestState'],
      inputResponses: { question: { action: 'accept' } },
    }),
  );
  expect(again).toMatchObject({
    resultType: 'input_required',
    inputRequests: { question: { params: { message: 'Second?' } } },
  });
  const last = resultOf(
    await call('ask_twice', {
      requestState: again['requestState'],
      inputResponses: { question: { action: 'decline' } },
    }),
  );
  expect(last).toMatchObject({ resultType: 'complete', content: [{ text: 'accept, decline' }] });
});

test('03 M2: a state opens once, for its caller, its tool and its arguments alone', async () => {
  const asked = resultOf(await call('ask'));
  const answer = { requestState: asked['requestState'], inputResponses: { question: { action: 'accept' } } };

  expect((await call('ask', answer, 'second')).messages[0]?.error).toMatchObject({ code: -32_602 });
  expect((await call('ask_twice', answer)).messages[0]?.error).toMatchObject({ code: -32_602 });
  expect((await call('ask', { ...answer, arguments: { more: true } })).messages[0]?.error).toMatchObject({
    code: -32_602,
  });
  expect((await call('ask', { ...answer, requestState: 'invented' })).messages[0]?.error).toMatchObject({
    code: -32_602,
  });
  expect(resultOf(await call('ask', answer))).toMatchObject({ content: [{ text: 'accept' }] });
  expect(resultOf(await call('ask', answer))).toMatchObject({
    isError: true,
    _meta: { 'dev.fairlead/error': { code: 'BRIDGE_CALL_LOST' } },
  });
});

test('no more than sixteen calls of one caller wait; beyond it the server is told that nobody answers', async () => {
  const first = await Promise.all(Array.from({ length: 17 }, () => call('ask', {}, 'second')));

  expect(first.filter((answer) => resultOf(answer)['resultType'] === 'input_required')).toHaveLength(16);
  const declined = first.map(resultOf).find(({ resultType }) => resultType === 'complete');
  expect(declined).toMatchObject({ content: [{ text: 'decline' }] });
});

test('a call that waits runs once: its server sees one call, however often its client asks', async () => {
  events.length = 0;
  const asked = resultOf(await call('ask'));
  const answer = { requestState: asked['requestState'], inputResponses: { question: { action: 'accept' } } };
  await Promise.all([call('ask', answer), call('ask', answer)]);

  await until(() => events.includes('answered accept'), { withinMs: 5_000, what: 'the server to have its answer' });
  expect(events).toEqual(['asked', 'answered accept']);
});
