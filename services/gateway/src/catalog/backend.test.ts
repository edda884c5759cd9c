import { gatewayConfig } from '@fairlead/contracts';
import { createLogger } from '@fairlead/server-kit/runtime';
import { createFakeClock } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { ControlFailure } from '../forward/call-control.ts';
import type { SendControl } from '../forward/control-session.ts';
import { Upstream } from '../forward/upstream.ts';
import type { BreakerFailure } from '@fairlead/server-kit/resilience';
import { Backend } from './backend.ts';
import type { ServerListing } from './server-listing.ts';

const { servers } = gatewayConfig.parse({
  apiVersion: 'fairlead.dev/v1',
  kind: 'GatewayConfig',
  servers: { data: { url: 'http://127.0.0.1:1/mcp' } },
});

interface ServerDouble {
  failure: BreakerFailure | undefined;
  tool: string;
  discoveries: number;
}

/** A backend whose server is a double: it lists one tool, or fails as it is told. */
function setUp(ttlMs?: number) {
  const config = servers['data'];
  if (config === undefined) throw new RangeError('data');
  const clock = createFakeClock();
  const server: ServerDouble = { failure: undefined, tool: 'a', discoveries: 0 };
  const send: SendControl = async ({ body }) => {
    if (server.failure !== undefined) {
      throw new ControlFailure({
        kind: server.failure,
        requestWritten: false,
        answerStarted: false,
        reason: 'ECONNREFUSED',
      });
    }
    const { method } = JSON.parse(body ?? '{}');
    if (method === 'server/discover') server.discoveries += 1;
    const results: Record<string, unknown> = {
      'server/discover': { supportedVersions: ['2026-07-28'], capabilities: { tools: {} } },
      'tools/list': { tools: [{ name: server.tool }], ...(ttlMs === undefined ? {} : { ttlMs }) },
    };
    return { status: 200, headers: {}, message: { jsonrpc: '2.0', id: 1, result: results[method] ?? {} } };
  };
  let changes = 0;
  let sights = 0;
  const backend = new Backend({
    name: 'data',
    config,
    upstream: new Upstream('data', config, clock),
    send,
    clientInfo: {},
    clock,
    log: createLogger({ name: 'test', level: 'silent' }),
    onChange: () => (changes += 1),
    onDiscovery: (_listing, isNews) => (sights += isNews ? 1 : 0),
  });
  return { backend, clock, server, changes: () => changes, news: () => sights };
}

test('04 G-26: starts as starting, and is up once it was discovered', async () => {
  const { backend, changes } = setUp();

  expect(backend.state.status.state).toBe('starting');
  await backend.check();
  expect(backend.state).toMatchObject({
    status: { state: 'up', lastError: undefined },
    listing: { items: { tool: [{ name: 'a' }] } },
  });
  expect(changes()).toBe(1);
});

test('04 G-21: a server that stops answering keeps its last lists, marked with the time', async () => {
  const { backend, clock, server } = setUp();
  await backend.check();
  server.failure = 'refused';
  await clock.advance(60_000);

  expect(backend.state).toMatchObject({
    status: { state: 'down', lastError: 'ECONNREFUSED', staleSince: expect.any(Date), nextTryAt: expect.any(Date) },
    listing: { items: { tool: [{ name: 'a' }] } },
  });
});

const restored: ServerListing = {
  era: 'modern',
  serves: ['modern'],
  keepsSessions: false,
  opening: {},
  capabilities: {},
  items: { tool: [{ name: 'old' }], prompt: [], resource: [], template: [] },
  notices: [],
  ttlMs: undefined,
};

test('04 G-21: a restored list is shown as stale from the time when it was seen, also when the server is down', async () => {
  const { backend, clock, server } = setUp();
  const seenAt = new Date(clock.now().getTime() - 3_600_000);
  backend.restore(restored, seenAt);
  expect(backend.state).toMatchObject({ status: { state: 'starting', staleSince: seenAt }, listing: restored });
  server.failure = 'refused';
  await backend.check();

  expect(backend.state).toMatchObject({ status: { state: 'down', staleSince: seenAt }, listing: restored });
});

test('04 G-21: a server that answers takes the place of its restored list, which never takes its place', async () => {
  const { backend, clock } = setUp();
  backend.restore(restored, clock.now());
  await backend.check();
  backend.restore(restored, clock.now());

  expect(backend.state).toMatchObject({
    status: { state: 'up', staleSince: undefined },
    listing: { items: { tool: [{ name: 'a' }] } },
  });
});

test('04 G-21: a list that nobody has confirmed for seven days is no longer shown', async () => {
  const { backend, clock, server, changes } = setUp();
  backend.restore(restored, new Date(clock.now().getTime() - 7 * 86_400_000 + 3_000));
  server.failure = 'refused';
  await backend.check();
  expect(backend.state.listing).toEqual(restored);
  const before = changes();
  await clock.advance(10_000);

  expect(backend.state).toMatchObject({ status: { state: 'down', staleSince: undefined }, listing: undefined });
  expect(changes()).toBe(before + 1);
});

test('04 G-21: tells a list that is news from one that is not', async () => {
  const { backend, clock, server, news } = setUp();
  await backend.check();
  await clock.advance(60_000);
  expect(news()).toBe(1);
  server.tool = 'b';
  await clock.advance(60_000);

  expect(news()).toBe(2);
});

test('04 G-74: one that refuses connections is looked for every two seconds, and is up when it is back', async () => {
  const { backend, clock, server } = setUp();
  server.failure = 'refused';
  await backend.check();
  server.failure = undefined;

  await clock.advance(1_900);
  expect(backend.state.status.state).toBe('down');
  await clock.advance(200);
  expect(backend.state.status).toMatchObject({ state: 'up', staleSince: undefined });
});

test('04 G-74: one that times out is looked for after five seconds', async () => {
  const { backend, clock, server } = setUp();
  server.failure = 'timeout';
  await backend.check();
  server.failure = undefined;

  await clock.advance(4_900);
  expect(backend.state.status.state).toBe('down');
  await clock.advance(200);
  expect(backend.state.status.state).toBe('up');
});

test('04 G-23: refreshes after its time to live, at least 30 s apart, else every minute', async () => {
  const short = setUp(1_000);
  const none = setUp();
  await Promise.all([short.backend.check(), none.backend.check()]);
  await Promise.all([short.clock.advance(59_000), none.clock.advance(59_000)]);

  expect(short.server.discoveries).toBe(2);
  expect(none.server.discoveries).toBe(1);
});

test('04 G-23: change notices within a moment are one discovery, and the next follows five seconds later', async () => {
  const { backend, clock, server } = setUp();
  await backend.check();
  for (let notice = 0; notice < 50; notice += 1) void backend.noteChange();
  await clock.advance(250);
  expect(server.discoveries).toBe(2);

  void backend.noteChange();
  await clock.advance(4_000);
  expect(server.discoveries).toBe(2);
  await clock.advance(1_000);
  expect(server.discoveries).toBe(3);
});

test('who waits for a change to be followed sees it', async () => {
  const { backend, clock, server } = setUp();
  await backend.check();
  server.tool = 'b';
  const followed = backend.noteChange();
  await clock.advance(250);
  await followed;

  expect(backend.state.listing?.items.tool).toEqual([{ name: 'b' }]);
});

test('a discovery that finds nothing new makes no new snapshot', async () => {
  const { backend, clock, changes } = setUp();
  await backend.check();
  await clock.advance(180_000);

  expect(changes()).toBe(1);
});

test('04 G-74: a discovery that is answered closes the breakers of the calls too', async () => {
  const { backend, clock } = setUp();
  await backend.check();
  for (let failure = 0; failure < 5; failure += 1) backend.upstream.reportFailure('write', 'timeout');
  expect(backend.upstream.outage('write')).toBeDefined();
  expect(backend.upstream.outage('read')).toBeUndefined();

  backend.noteFailure();
  await clock.advance(5_100);

  expect(backend.upstream.outage('write')).toBeUndefined();
});

test('nothing waits on the clock after it was stopped', async () => {
  const { backend, clock } = setUp();
  await backend.check();
  backend.stop();

  expect(clock.pending).toBe(0);
});
