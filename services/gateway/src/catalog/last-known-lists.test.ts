import { createLogger } from '@fairlead/server-kit/runtime';
import { createFakeClock } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import type { CatalogStore, StoredList } from './catalog-store.ts';
import { LastKnownLists, type KnownList } from './last-known-lists.ts';
import { createMemoryCatalogStore } from './memory-catalog-store.ts';
import type { ServerListing } from './server-listing.ts';

const url = 'http://127.0.0.1:1/mcp';

/** A store that fails as long as a test says so, and counts what is written to it. */
interface StoreDouble extends CatalogStore {
  isDown: boolean;
  readonly saved: StoredList[];
}

function setUp(kept?: CatalogStore, clock = createFakeClock()) {
  const inner = kept ?? createMemoryCatalogStore(clock);
  const guard = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    if (store.isDown) throw Object.assign(new Error('connect to db.internal'), { code: 'ECONNREFUSED' });
    return act();
  };
  const store: StoreDouble = {
    isDown: false,
    saved: [],
    load: (keys) => guard(() => inner.load(keys)),
    drop: (list) => guard(() => inner.drop(list)),
    save: (list) =>
      guard(() => {
        store.saved.push(list);
        return inner.save(list);
      }),
  };
  const lists = new LastKnownLists({ store, clock, log: createLogger({ name: 'test', level: 'silent' }) });
  const shown: KnownList[] = [];
  return {
    clock,
    store,
    lists,
    shown,
    load: (address = url) => lists.load(new Map([['data', address]]), (found) => shown.push(...found)),
    keep: (tool: string, isNews = true) => lists.keep({ server: 'data', url, listing: listingOf(tool), isNews }),
    state: () => lists.health.check(new AbortController().signal),
  };
}

function listingOf(tool: string): ServerListing {
  return {
    era: 'modern',
    serves: ['modern'],
    keepsSessions: false,
    opening: {},
    capabilities: {},
    items: { tool: [{ name: tool }], prompt: [], resource: [], template: [] },
    notices: [],
    ttlMs: undefined,
  };
}

test('04 G-21: what was kept before a restart is there after it, with the time when it was seen', async () => {
  const before = setUp();
  before.keep('a');
  await before.clock.advance(0);
  const after = setUp(before.store, before.clock);
  await after.load();

  expect(after.shown).toEqual([{ server: 'data', url, listing: listingOf('a'), seenAt: before.clock.now() }]);
  expect(await after.state()).toEqual({ status: 'up' });
});

test('04 G-21: a server that has another address by now gets nothing', async () => {
  const { clock, keep, load, shown } = setUp();
  keep('a');
  await clock.advance(0);
  await load('http://127.0.0.1:2/mcp');

  expect(shown).toEqual([]);
});

test('04 G-21: a list that does not change is written once, and its time renewed each hour', async () => {
  const { clock, store, keep } = setUp();
  keep('a');
  for (let minute = 0; minute < 125; minute += 1) {
    await clock.advance(60_000);
    keep('a', false);
  }

  expect(store.saved).toHaveLength(3);
});

test('04 G-21: a list of more than seven days is not shown', async () => {
  const { clock, keep, load, shown } = setUp();
  keep('a');
  await clock.advance(7 * 86_400_000);
  await load();
  expect(shown).toHaveLength(1);

  await clock.advance(1);
  await load();
  expect(shown).toHaveLength(1);
});

test('04 G-21: a damaged list is dropped and told of, until its server has listed again', async () => {
  const { clock, store, keep, load, shown, state } = setUp();
  keep('a');
  await clock.advance(0);
  const [kept] = store.saved;
  if (kept === undefined) throw new RangeError('nothing was saved');
  await store.save({ ...kept, text: kept.text.slice(0, -2) });
  await load();

  expect(shown).toEqual([]);
  expect(await store.load([kept])).toEqual([]);
  expect(await state()).toEqual({ status: 'down', reason: expect.stringContaining('"data" was damaged') });
  keep('a');
  await clock.advance(0);
  expect(await state()).toEqual({ status: 'up' });
});

test('04 G-21: a store that is down costs a start nothing, is told of without its address, and is asked again', async () => {
  const before = setUp();
  before.keep('a');
  await before.clock.advance(0);
  const { clock, store, load, shown, state } = setUp(before.store, before.clock);
  store.isDown = true;
  await load();

  expect(shown).toEqual([]);
  expect(await state()).toEqual({ status: 'down', reason: 'the store does not answer (ECONNREFUSED)' });
  store.isDown = false;
  await clock.advance(5_000);
  expect(shown).toHaveLength(1);
  expect(await state()).toEqual({ status: 'up' });
});

test('04 G-21: what could not be written is written when the store is back, the newest list only', async () => {
  const { clock, store, keep } = setUp();
  store.isDown = true;
  for (const tool of ['a', 'b', 'c']) keep(tool);
  await clock.advance(4_000);
  store.isDown = false;
  await clock.advance(5_000);

  expect(store.saved.map(({ text }) => JSON.parse(text).items.tool)).toEqual([[{ name: 'c' }]]);
});

test('04 G-21: a start waits for a silent store for three seconds, and takes over what it says later', async () => {
  const { promise: answer, resolve } = Promise.withResolvers<readonly StoredList[]>();
  const { clock, load, lists, shown } = setUp({ load: () => answer, save: async () => {}, drop: async () => {} });
  const loaded = load();
  let isOver = false;
  void loaded.then(() => (isOver = true));

  await clock.advance(2_999);
  expect(isOver).toBe(false);
  await clock.advance(1);
  await loaded;
  expect(shown).toEqual([]);
  resolve([]);
  await lists.close();
});

test('04 G-17: a list above 4 MiB is not kept, and the store says whose', async () => {
  const { clock, store, keep, state } = setUp();
  keep('x'.repeat(5_000_000));
  await clock.advance(0);

  expect(store.saved).toEqual([]);
  expect(await state()).toEqual({ status: 'down', reason: expect.stringContaining('"data" is larger than 4 MiB') });
});

test('a stop writes what is left, and leaves nothing on the clock', async () => {
  const { clock, store, lists, keep } = setUp();
  store.isDown = true;
  keep('a');
  await clock.advance(1_000);
  store.isDown = false;
  await lists.close();

  expect(store.saved).toHaveLength(1);
  expect(clock.pending).toBe(0);
});
