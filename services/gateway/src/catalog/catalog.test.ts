import { gatewayConfig, type GatewayConfig } from '@fairlead/contracts';
import { createLogger } from '@fairlead/server-kit/runtime';
import { createFakeClock } from '@fairlead/server-kit/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Catalog, type CatalogOptions } from './catalog.ts';
import type { KnownList } from './last-known-lists.ts';
import type { ServerListing } from './server-listing.ts';

// Nothing listens on port 1: what is looked at here is which way a call would take.
const data = { url: 'http://127.0.0.1:1/mcp' };

const emptyListing: ServerListing = {
  era: 'modern',
  serves: ['modern'],
  keepsSessions: false,
  opening: {},
  capabilities: {},
  items: { tool: [], prompt: [], resource: [], template: [] },
  notices: [],
  ttlMs: undefined,
};

let stack: AsyncDisposableStack;
beforeEach(() => {
  stack = new AsyncDisposableStack();
});
afterEach(() => stack.disposeAsync());

function serversOf(servers: Readonly<Record<string, object>>): GatewayConfig['servers'] {
  return gatewayConfig.parse({ apiVersion: 'fairlead.dev/v1', kind: 'GatewayConfig', servers }).servers;
}

function setUp(lists: CatalogOptions['lists'] = { load: async () => {}, keep: () => {} }) {
  const clock = createFakeClock();
  const catalog = new Catalog({
    servers: serversOf({ data }),
    ownCredential: () => ({}),
    clientInfo: {},
    lists,
    clock,
    random: () => 0.5,
    log: createLogger({ name: 'test', level: 'silent' }),
  });
  stack.defer(() => catalog.close());
  const view = () => {
    const found = catalog.snapshot.servers.get('data');
    if (found === undefined) throw new RangeError('data');
    return found;
  };
  return { clock, catalog, view };
}

test('04 G-83: a server whose address stays keeps its way, for calls of before and after', () => {
  const { catalog, view } = setUp();
  const before = view();
  catalog.reconfigure(serversOf({ data: { ...data, owner: 'somebody', timeout: '1s', trust: 'internal' } }));

  expect(view().config).toMatchObject({ owner: 'somebody', trust: 'internal' });
  expect(before.config.owner).toBeUndefined();
  expect(catalog.backend(view())).toBe(catalog.backend(before));
});

test('04 G-83: a server of another address is another one, and each call goes to that of its own snapshot', () => {
  const { catalog, view } = setUp();
  const before = view();
  catalog.reconfigure(serversOf({ data: { url: 'http://127.0.0.1:2/mcp' } }));

  expect(catalog.backend(view())?.upstream).not.toBe(catalog.backend(before)?.upstream);
});

test('04 G-83: what an open breaker knows outlives a reload', () => {
  const { catalog, view } = setUp();
  catalog.backend(view())?.upstream.reportFailure('discovery', 'refused');
  catalog.reconfigure(serversOf({ data: { ...data, owner: 'somebody' } }));

  expect(catalog.backend(view())?.upstream.outage('read')).toBeDefined();
});

test('04 G-83: one reload is one new snapshot', () => {
  const { catalog } = setUp();
  const { epoch } = catalog.snapshot;
  catalog.reconfigure(serversOf({ one: data, two: data }));

  expect(catalog.snapshot.epoch).toBe(epoch + 1);
  expect([...catalog.snapshot.servers.keys()]).toEqual(['one', 'two']);
});

test('04 G-83: the way to a server that left stays open while a call of before may still come, and no longer', async () => {
  const { clock, catalog, view } = setUp();
  const upstream = catalog.backend(view())?.upstream;
  if (upstream === undefined) throw new RangeError('no way');
  let closed = 0;
  upstream.close = async () => void (closed += 1);
  catalog.reconfigure({});

  await clock.advance(39_000);
  expect(closed).toBe(0);
  await clock.advance(2_000);
  expect(closed).toBe(1);
});

test('04 G-83: the way to a server that left stays open for as long as a call on it runs', async () => {
  const { clock, catalog, view } = setUp();
  const upstream = catalog.backend(view())?.upstream;
  if (upstream === undefined) throw new RangeError('no way');
  let inFlight = 1;
  let closed = 0;
  Object.defineProperty(upstream, 'inFlight', { get: () => inFlight });
  upstream.close = async () => void (closed += 1);
  catalog.reconfigure({});

  await clock.advance(300_000);
  expect(closed).toBe(0);
  inFlight = 0;
  await clock.advance(1_000);
  expect(closed).toBe(1);
});

test('04 G-21, G-83: a list that comes when its server has another address by now is not shown', async () => {
  const adopts: ((lists: readonly KnownList[]) => void)[] = [];
  const { clock, catalog, view } = setUp({
    load: async (_urls, adopt) => void adopts.push(adopt),
    keep: () => {},
  });
  await catalog.restore();
  catalog.reconfigure(serversOf({ data: { url: 'http://127.0.0.1:2/mcp' } }));
  const known = (url: string): KnownList => ({ server: 'data', url, listing: emptyListing, seenAt: clock.now() });

  adopts[0]?.([known(data.url)]);
  expect(view().listing).toBeUndefined();
  adopts[0]?.([known('http://127.0.0.1:2/mcp')]);
  expect(view()).toMatchObject({ listing: emptyListing, status: { staleSince: clock.now() } });
});
