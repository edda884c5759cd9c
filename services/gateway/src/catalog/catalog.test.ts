import { gatewayConfig, type GatewayConfig } from '@fairlead/contracts';
import { createLogger } from '@fairlead/server-kit/runtime';
import { createFakeClock } from '@fairlead/server-kit/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Catalog } from './catalog.ts';

// Nothing listens on port 1: what is looked at here is which way a call would take.
const data = { url: 'http://127.0.0.1:1/mcp' };

let stack: AsyncDisposableStack;
beforeEach(() => {
  stack = new AsyncDisposableStack();
});
afterEach(() => stack.disposeAsync());

function serversOf(servers: Readonly<Record<string, object>>): GatewayConfig['servers'] {
  return gatewayConfig.parse({ apiVersion: 'fairlead.dev/v1', kind: 'GatewayConfig', servers }).servers;
}

function setUp() {
  const clock = createFakeClock();
  const catalog = new Catalog({
    servers: serversOf({ data }),
    ownCredential: () => ({}),
    clientInfo: {},
    lists: { load: async () => {}, keep: () => {} },
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
