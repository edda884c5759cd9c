import { expect, test } from 'vitest';
import type { JsonObject } from '../wire/json-value.ts';
import type { ControlRequest, SendControl } from '../forward/control-session.ts';
import { discoverServer } from './discover-server.ts';

const clientInfo = { name: 'fairlead', version: '0' };

/** A double of a server: answers by method, and keeps what it was asked. */
function serverDouble(answers: Readonly<Record<string, (params: JsonObject) => JsonObject>>, status = 200) {
  const asked: { method: string; headers: ControlRequest['headers'] }[] = [];
  const send: SendControl = async ({ method: httpMethod, headers, body }) => {
    const message = body === null ? { method: httpMethod, params: {} } : JSON.parse(body);
    asked.push({ method: message.method, headers });
    const answer = answers[message.method]?.(message.params ?? {}) ?? {
      error: { code: -32_601, message: 'Method not found' },
    };
    return {
      status,
      headers: message.method === 'initialize' ? { 'mcp-session-id': 's1' } : {},
      message: { jsonrpc: '2.0', id: 1, ...answer },
    };
  };
  return { send, asked };
}

const opening = (capabilities: JsonObject) => ({ result: { supportedVersions: ['2026-07-28'], capabilities } });

test('reads all lists that a modern server says it has, all pages', async () => {
  const { send, asked } = serverDouble({
    'server/discover': () => opening({ tools: {}, resources: {} }),
    'tools/list': ({ cursor }) => ({
      result:
        cursor === undefined
          ? { tools: [{ name: 'a' }], nextCursor: 'p2', ttlMs: 40_000 }
          : { tools: [{ name: 'b' }], ttlMs: 50_000 },
    }),
    'resources/list': () => ({ result: { resources: [] } }),
  });

  const listing = await discoverServer({ send, clientInfo });

  expect(listing).toMatchObject({
    era: 'modern',
    items: { tool: [{ name: 'a' }, { name: 'b' }], prompt: [] },
    ttlMs: 40_000,
    notices: [],
  });
  expect(asked.map(({ method }) => method)).not.toContain('prompts/list');
});

test('asks as a client that can be asked everything, so that no tool stays unlisted', async () => {
  const capabilities: unknown[] = [];
  const { send } = serverDouble({
    initialize(params) {
      capabilities.push(params['capabilities']);
      return { result: { protocolVersion: '2025-11-25', capabilities: {} } };
    },
  });

  await discoverServer({ send, clientInfo });

  expect(capabilities).toEqual([{ elicitation: {}, sampling: {}, roots: {} }]);
});

test('03 E8: takes an error for the older era, and opens a session there', async () => {
  const { send, asked } = serverDouble({
    initialize: () => ({ result: { protocolVersion: '2025-06-18', capabilities: { tools: {} } } }),
    'tools/list': () => ({ result: { tools: [{ name: 'a' }] } }),
  });

  const listing = await discoverServer({ send, clientInfo });

  expect(listing).toMatchObject({ era: 'legacy', serves: ['legacy'], items: { tool: [{ name: 'a' }] } });
  expect(asked.find(({ method }) => method === 'tools/list')?.headers).toMatchObject({
    'mcp-session-id': 's1',
    'mcp-protocol-version': '2025-06-18',
  });
  expect(asked.at(-1)?.method).toBe('DELETE');
});

test('03 E8: asks once more when a server refuses the very version that it names', async () => {
  let refusals = 0;
  const { send, asked } = serverDouble({
    'server/discover': () => {
      refusals += 1;
      return refusals === 1
        ? { error: { code: -32_022, message: 'Unsupported', data: { supported: ['2026-07-28'] } } }
        : opening({});
    },
  });

  expect(await discoverServer({ send, clientInfo })).toMatchObject({ era: 'modern' });
  expect(asked.map(({ method }) => method)).not.toContain('initialize');
});

test('03 E8: does not probe again while the older era is known', async () => {
  const { send, asked } = serverDouble({ initialize: () => ({ result: { capabilities: {} } }) });

  await discoverServer({ send, clientInfo, knownEra: 'legacy' });

  expect(asked[0]?.method).toBe('initialize');
});

test.each([401, 403, 429, 500, 503])('03 E8: status %i is no evidence about the era, but a failure', async (status) => {
  const { send } = serverDouble({}, status);

  await expect(discoverServer({ send, clientInfo })).rejects.toThrow(
    expect.objectContaining({ name: 'DiscoveryFailure' }),
  );
});

test('knows of a modern server whether it takes older clients', async () => {
  const modernOnly = serverDouble({
    'server/discover': () => opening({}),
    ping: () => ({ error: { code: -32_022, message: 'Unsupported' } }),
  });
  const both = serverDouble({ 'server/discover': () => opening({}), ping: () => ({ result: {} }) });

  expect((await discoverServer({ send: modernOnly.send, clientInfo })).serves).toEqual(['modern']);
  expect((await discoverServer({ send: both.send, clientInfo })).serves).toEqual(['modern', 'legacy']);
});

test('03 L2: a cursor that comes twice ends the list, and the status says so', async () => {
  const { send } = serverDouble({
    'server/discover': () => opening({ tools: {} }),
    'tools/list': () => ({ result: { tools: [{ name: 'a' }], nextCursor: 'same' } }),
  });

  const { items, notices } = await discoverServer({ send, clientInfo });

  expect(items.tool).toHaveLength(2);
  expect(notices).toEqual(['tools/list: cut, a cursor came twice']);
});

test('03 L2, 06 N20: endless pages end after a hundred', async () => {
  let page = 0;
  const { send } = serverDouble({
    'server/discover': () => opening({ prompts: {} }),
    'prompts/list': () => ({ result: { prompts: [], nextCursor: String((page += 1)) } }),
  });

  const { notices } = await discoverServer({ send, clientInfo });

  expect(page).toBe(100);
  expect(notices).toEqual(['prompts/list: cut at 100 pages']);
});

test('04 G-23: no more than 2,000 tools of one server', async () => {
  const tools = Array.from({ length: 2_500 }, (_value, index) => ({ name: `t${index}` }));
  const { send } = serverDouble({
    'server/discover': () => opening({ tools: {} }),
    'tools/list': () => ({ result: { tools } }),
  });

  const { items, notices } = await discoverServer({ send, clientInfo });

  expect(items.tool).toHaveLength(2_000);
  expect(notices).toEqual(['tools/list: cut at 2000 items']);
});

test('04 G-22: a list that is refused leaves the one before in place', async () => {
  const good = serverDouble({
    'server/discover': () => opening({ tools: {}, prompts: {} }),
    'tools/list': () => ({ result: { tools: [{ name: 'a' }] } }),
  });
  const bad = serverDouble({
    'server/discover': () => opening({ tools: {}, prompts: {} }),
    'tools/list': () => ({ error: { code: -32_603, message: 'broken' } }),
  });
  const previous = await discoverServer({ send: good.send, clientInfo });

  const { items, notices } = await discoverServer({ send: bad.send, clientInfo, previous });

  expect(items.tool).toEqual([{ name: 'a' }]);
  expect(notices).toEqual(['tools/list: refused with -32603']);
});
