import { fileURLToPath } from 'node:url';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { createRunFolder, until } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { overV1, type FullClient } from './bridge/full-client.ts';
import { fixture, startTestBridge } from './bridge/test-bridge.ts';
import { planTestGateway, type TestGateway } from './gateway-process.ts';
import { fromSource } from './run-cli.ts';

const everything = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-everything/dist/index.js'));
const withinMs = 20_000;

/** A client of SDK v1 that only speaks stdio, as a desktop program starts it. */
async function connectThroughStdio({ url, key }: TestGateway, args: readonly string[] = []): Promise<FullClient> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...fromSource, 'stdio', ...args],
    env: { PATH: process.env['PATH'] ?? '', FAIRLEAD_URL: url, FAIRLEAD_KEY: key },
    stderr: 'ignore',
  });
  return await overV1(transport);
}

/** A gateway in front of a bridge in front of a stdio server. */
async function startChain(server: string) {
  await using parts = new AsyncDisposableStack();
  const folder = parts.use(await createRunFolder());
  const bridge = parts.use(await startTestBridge(server));
  const gateway = await planTestGateway(folder.path, bridge.mcpUrl);
  const first = parts.use(await gateway.start());
  const all = parts.move();
  return {
    gateway,
    kill: async () => {
      first.kill('SIGKILL');
      await first.exited;
    },
    startAgain: async () => void all.use(await gateway.start()),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const text = (part: string): object => ({
  content: expect.arrayContaining([expect.objectContaining({ type: 'text', text: expect.stringContaining(part) })]),
});

test('03 I-04: a stdio client reads, calls, hears progress and updates of a stdio server, through the gateway and a bridge', async () => {
  await using chain = await startChain(everything);
  await using client = await connectThroughStdio(chain.gateway, ['--server', 'everything']);
  const call = (name: string, args: object = {}) => client.request('tools/call', { name, arguments: args });
  const resource = 'demo://resource/dynamic/text/1';

  expect(await call('get-sum', { a: 2, b: 3 })).toMatchObject(text('5'));
  expect(await client.request('resources/read', { uri: resource })).toHaveProperty('contents.0.uri', resource);
  expect(await client.request('prompts/get', { name: 'simple-prompt' })).toHaveProperty('messages.0.role');
  const steps: number[] = [];
  await client.request(
    'tools/call',
    { name: 'trigger-long-running-operation', arguments: { duration: 0.3, steps: 3 } },
    { onprogress: ({ progress }) => void steps.push(progress) },
  );
  // SDK v1 drops progress that it reads in one go with the answer.
  expect(steps.slice(0, 2)).toEqual([1, 2]);
  await client.request('resources/subscribe', { uri: resource });
  await call('toggle-subscriber-updates');
  await until(() => client.notices.some(({ method }) => method === 'notifications/resources/updated'), {
    withinMs,
    what: 'an update of the resource',
  });
});

const routes = [
  { route: '/servers/everything/mcp', args: ['--server', 'everything'], prefix: '' },
  { route: '/mcp', args: [], prefix: 'everything__' },
];

test.for(routes)(
  '03 M7: what a server asks over $route reaches the stdio client, and its answer the server',
  async ({ args, prefix }) => {
    await using chain = await startChain(fixture('odd-server'));
    await using client = await connectThroughStdio(chain.gateway, args);

    const answer = await client.request('tools/call', { name: `${prefix}ask`, arguments: {} });

    expect(client.asked).toEqual(['elicitation/create']);
    expect(answer).toMatchObject({ structuredContent: { asked: true } });
  },
);

// Over /mcp the gateway itself says so, and only when a list has changed indeed (03 L10).
test('a notice of one server reaches the stdio client without being asked for', async () => {
  await using chain = await startChain(fixture('odd-server'));
  await using client = await connectThroughStdio(chain.gateway, ['--server', 'everything']);

  await client.request('tools/call', { name: 'announce', arguments: {} });

  const isHeard = (): boolean => client.notices.some(({ method }) => method === 'notifications/tools/list_changed');
  expect(await until(isHeard, { withinMs, what: 'the notice' })).toBe(true);
});

test('a stdio client lists and calls over /mcp, with the names of the gateway', async () => {
  await using chain = await startChain(everything);
  await using client = await connectThroughStdio(chain.gateway);

  const sum = await client.request('tools/call', { name: 'everything__get-sum', arguments: { a: 2, b: 3 } });

  expect(sum).toMatchObject(text('5'));
});

test('a gateway that is killed in a call gives that call an error, and the next one is served when it is back', async () => {
  await using chain = await startChain(fixture('odd-server'));
  await using client = await connectThroughStdio(chain.gateway, ['--server', 'everything']);
  const call = (name: string, args: object = {}) => client.request('tools/call', { name, arguments: args });
  const open = call('hang').then(
    () => 'answered',
    (error: unknown) => String(error),
  );
  await until(async () => JSON.stringify(await call('hanging')).includes('"hanging":1'), {
    withinMs,
    what: 'the call to be on the server',
  });

  await chain.kill();
  const lost = await open;
  await chain.startAgain();

  expect(lost).toContain('It may have run');
  const answer = await until(() => call('echo', { a: 1 }), { withinMs, what: 'the new gateway to serve the call' });
  expect(answer).toMatchObject({ structuredContent: { a: 1 } });
});
