import type { Clock } from '@fairlead/server-kit/runtime';
import {
  LIST_BYTES_MAX,
  LIST_KEPT_DAYS,
  type CatalogStore,
  type StoredList,
  type StoredListKey,
} from './catalog-store.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Most lists that are kept; the one that was kept first goes first. */
const LISTS_MAX = 1_000;

/** Keeps lists in this process: they survive a reload of the config, not a restart. */
export function createMemoryCatalogStore(clock: Clock): CatalogStore {
  const lists = new Map<string, StoredList>();

  function removeOld(): void {
    const oldest = clock.now().getTime() - LIST_KEPT_DAYS * DAY_MS;
    for (const [key, { seenAt }] of lists) if (seenAt.getTime() < oldest) lists.delete(key);
  }

  return {
    async load(keys) {
      removeOld();
      return keys.flatMap((key) => lists.get(nameOf(key)) ?? []);
    },
    async save(list) {
      const known = lists.get(nameOf(list));
      if (Buffer.byteLength(list.text) > LIST_BYTES_MAX || (known !== undefined && known.seenAt > list.seenAt)) return;
      const [first] = lists.keys();
      if (lists.size >= LISTS_MAX && first !== undefined) lists.delete(first);
      lists.set(nameOf(list), list);
    },
    async drop(list) {
      if (lists.get(nameOf(list))?.digest === list.digest) lists.delete(nameOf(list));
    },
  };
}

function nameOf({ server, place }: StoredListKey): string {
  return `${server} ${place}`;
}
