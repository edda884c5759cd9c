import { expect, test } from 'vitest';
import type { CatalogStore, StoredList } from '../../src/catalog/catalog-store.ts';
import { LIST_BYTES_MAX } from '../../src/catalog/catalog-store.ts';

/** A store that is empty, for one test. */
export interface FreshStore extends AsyncDisposable {
  readonly store: CatalogStore;
}

/** The time by which the tests of the contract count: real, since a database has its own clock. */
const nowMs = Date.now();

/** Declares what every driver of the catalog store has to do (04 G-21, 09 V-23). */
export function catalogStoreContract(driver: string, open: () => Promise<FreshStore>): void {
  test(`04 G-21: ${driver} gives a list back as it was kept, with the time when it was seen`, async () => {
    await using fresh = await open();
    const list = listOf({ text: '{"a":1.0,"a b":"\\u0000 ☂ \\ud83d"}' });
    await fresh.store.save(list);

    expect(await fresh.store.load([list])).toEqual([list]);
  });

  test(`04 G-21: ${driver} gives a server no list of another, nor of its own former address`, async () => {
    await using fresh = await open();
    await fresh.store.save(listOf({ server: 'other' }));
    await fresh.store.save(listOf({ place: 'elsewhere' }));

    expect(await fresh.store.load([{ server: 'data', place: 'here' }])).toEqual([]);
    expect(await fresh.store.load([])).toEqual([]);
  });

  test(`04 G-21: ${driver} puts a later list in the place of an earlier one, and not the other way round`, async () => {
    await using fresh = await open();
    const later = listOf({ digest: 'later', text: '"later"', seenAt: new Date(nowMs - 1_000) });
    await fresh.store.save(listOf({ digest: 'earlier', seenAt: new Date(nowMs - 5_000) }));
    await fresh.store.save(later);
    await fresh.store.save(listOf({ digest: 'earliest', seenAt: new Date(nowMs - 9_000) }));

    expect(await fresh.store.load([later])).toEqual([later]);
  });

  test(`04 G-21: ${driver} only renews the time of a list that has not changed, and never sets it back`, async () => {
    await using fresh = await open();
    const seenAt = new Date(nowMs - 1_000);
    await fresh.store.save(listOf({ seenAt: new Date(nowMs - 9_000) }));
    await fresh.store.save(listOf({ seenAt }));
    await fresh.store.save(listOf({ seenAt: new Date(nowMs - 5_000) }));

    expect(await fresh.store.load([listOf()])).toEqual([listOf({ seenAt })]);
  });

  test(`04 G-21: ${driver} removes what nobody has renewed for 30 days`, async () => {
    await using fresh = await open();
    const [young, old] = [29, 31].map((days) =>
      listOf({ server: `age-${days}`, seenAt: new Date(nowMs - days * 86_400_000) }),
    );
    if (young === undefined || old === undefined) throw new RangeError('two lists');
    await fresh.store.save(young);
    await fresh.store.save(old);

    expect(await fresh.store.load([young, old])).toEqual([young]);
  });

  test(`04 G-21: ${driver} drops a list, but not the one that took its place`, async () => {
    await using fresh = await open();
    const list = listOf();
    await fresh.store.save(list);
    await fresh.store.drop({ ...list, digest: 'of another' });
    expect(await fresh.store.load([list])).toHaveLength(1);

    await fresh.store.drop(list);
    expect(await fresh.store.load([list])).toEqual([]);
  });

  test(`04 G-17: ${driver} keeps no list above 4 MiB`, async () => {
    await using fresh = await open();
    const list = listOf({ text: 'x'.repeat(LIST_BYTES_MAX + 1) });
    await fresh.store.save(list);

    expect(await fresh.store.load([list])).toEqual([]);
  });

  test(`04 G-21: ${driver} keeps one whole list when several replicas write at once`, async () => {
    await using fresh = await open();
    const lists = Array.from({ length: 40 }, (_, index) =>
      listOf({
        digest: `digest ${index % 4}`,
        text: `text ${index % 4}`.repeat(10_000),
        seenAt: new Date(nowMs - 1_000 + index),
      }),
    );
    await Promise.all(lists.map((list) => fresh.store.save(list)));

    const [kept] = await fresh.store.load([listOf()]);
    expect(lists.filter(({ digest }) => digest === kept?.digest).map(({ text }) => text)).toContain(kept?.text);
    expect(kept?.seenAt).toEqual(lists.at(-1)?.seenAt);
  });
}

function listOf(changed: Partial<StoredList> = {}): StoredList {
  return {
    server: 'data',
    place: 'here',
    digest: 'digest',
    text: '"text"',
    seenAt: new Date(nowMs - 1_000),
    ...changed,
  };
}
