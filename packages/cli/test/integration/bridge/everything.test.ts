import { fileURLToPath } from 'node:url';
import { until } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { connectFullV1, connectFullV2, type FullClient } from './full-client.ts';
import { startTestBridge } from './test-bridge.ts';

const everything = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-everything/dist/index.js'));
const clients = {
  'SDK v1': connectFullV1,
  'SDK v2 legacy': connectFullV2('legacy'),
  'SDK v2 auto': connectFullV2('auto'),
};
const withinMs = 20_000;

function callTool(client: FullClient, name: string, args: object = {}): Promise<unknown> {
  return client.request('tools/call', { name, arguments: args });
}

const text = (part: string): unknown => ({
  content: expect.arrayContaining([expect.objectContaining({ type: 'text', text: expect.stringContaining(part) })]),
});

test.for(Object.entries(clients))(
  '03 I-04: %s uses every feature of server-everything through the bridge',
  async ([, connect]) => {
    await using bridge = await startTestBridge(everything);
    await using client = await connect(bridge.mcpUrl);

    // Tools, resources, templates, prompts, completion
    const { tools } = Object(await client.request('tools/list', {}));
    expect(tools.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['echo', 'get-roots-list', 'trigger-sampling-request', 'trigger-elicitation-request']),
    );
    expect(await callTool(client, 'get-sum', { a: 2, b: 3 })).toMatchObject(Object(text('5')));
    expect(await callTool(client, 'get-structured-content', { location: 'New York' })).toHaveProperty(
      'structuredContent.temperature',
    );
    expect(await callTool(client, 'get-tiny-image')).toMatchObject({
      content: expect.arrayContaining([expect.objectContaining({ type: 'image' })]),
    });
    expect(await callTool(client, 'get-sum', { a: 'no number' })).toMatchObject({ isError: true });
    const resource = 'demo://resource/dynamic/text/1';
    expect(await client.request('resources/templates/list', {})).toHaveProperty('resourceTemplates.0.uriTemplate');
    expect(await client.request('resources/read', { uri: resource })).toHaveProperty('contents.0.uri', resource);
    expect(await client.request('prompts/get', { name: 'simple-prompt' })).toHaveProperty('messages.0.role');
    expect(
      await client.request('completion/complete', {
        ref: { type: 'ref/prompt', name: 'completable-prompt' },
        argument: { name: 'name', value: 'A' },
        context: { arguments: { department: 'Engineering' } },
      }),
    ).toMatchObject({ completion: { values: ['Alice'] } });

    // What the server asks of the client
    expect(await callTool(client, 'trigger-sampling-request', { prompt: 'say' })).toMatchObject(
      Object(text('sampled words')),
    );
    expect(await callTool(client, 'trigger-elicitation-request')).toMatchObject(Object(text('Ada')));
    expect(await callTool(client, 'get-roots-list')).toMatchObject(Object(text('file:///project')));
    expect(client.asked).toEqual(
      expect.arrayContaining(['roots/list', 'sampling/createMessage', 'elicitation/create']),
    );

    // Progress, in the order in which it came
    const steps: number[] = [];
    const onprogress = ({ progress }: { progress: number }): void => void steps.push(progress);
    const params = { name: 'trigger-long-running-operation', arguments: { duration: 0.3, steps: 3 } };
    expect(await client.request('tools/call', params, { onprogress })).toMatchObject(Object(text('completed')));
    // SDK v1 drops progress that it reads in one go with the answer; the raw tests look at the last one.
    expect(steps.slice(0, 2)).toEqual([1, 2]);

    // Logging, subscriptions, a change of roots: what comes without being asked for
    await client.request('logging/setLevel', { level: 'debug' });
    await client.request('resources/subscribe', { uri: resource });
    await callTool(client, 'toggle-simulated-logging');
    await callTool(client, 'toggle-subscriber-updates');
    const saw = (method: string): boolean => client.notices.some((notice) => notice.method === method);
    await until(() => saw('notifications/message') && saw('notifications/resources/updated'), {
      withinMs,
      what: 'a log message and an update',
    });
    const askedBefore = client.asked.length;
    await client.notify('notifications/roots/list_changed');
    await until(() => client.asked.length > askedBefore, { withinMs, what: 'the server to ask for the roots again' });
  },
);

test('03 G3: a second GET stream of a session is refused, and the first goes on', async () => {
  await using bridge = await startTestBridge(everything);
  await using client = await connectFullV1(bridge.mcpUrl);
  await until(() => client.asked.includes('roots/list'), { withinMs, what: 'the GET stream' });
  const sessionId = await sessionOf(bridge.mcpUrl);

  const first = await fetch(bridge.mcpUrl, { headers: { 'mcp-session-id': sessionId } });
  const second = await fetch(bridge.mcpUrl, { headers: { 'mcp-session-id': sessionId } });

  expect([first.status, second.status]).toEqual([200, 409]);
  await first.body?.cancel();
  await second.body?.cancel();
});

async function sessionOf(url: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'a', version: '1' } },
    }),
  });
  await response.text();
  return response.headers.get('mcp-session-id') ?? '';
}
