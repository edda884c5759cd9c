import { z } from 'zod';
import type { Database } from '../postgres/database.ts';
import { LIST_BYTES_MAX, LIST_KEPT_DAYS, type CatalogStore } from './catalog-store.ts';

const storedRow = z.object({
  server: z.string(),
  place: z.string(),
  digest: z.string(),
  text: z.string(),
  seenAt: z.date(),
});

/** Keeps lists in the table `catalog_snapshot`, for all replicas. */
export function createPostgresCatalogStore(database: Database): CatalogStore {
  return {
    async load(keys) {
      await database.query(removeOld, [LIST_KEPT_DAYS]);
      const servers = keys.map(({ server }) => server);
      const places = keys.map(({ place }) => place);
      return z.array(storedRow).parse(await database.query(selectLists, [servers, places, LIST_BYTES_MAX]));
    },
    async save({ server, place, digest, text, seenAt }) {
      if (Buffer.byteLength(text) > LIST_BYTES_MAX) return;
      const renewed = await database.query(renewList, [server, place, digest, seenAt]);
      if (renewed.length === 0) await database.query(replaceList, [server, place, digest, seenAt, text]);
    },
    async drop({ server, place, digest }) {
      await database.query('delete from catalog_snapshot where server = $1 and place = $2 and digest = $3', [
        server,
        place,
        digest,
      ]);
    },
  };
}

const removeOld = `delete from catalog_snapshot where seen_at < now() - make_interval(days => $1)`;

// The bound is applied before the bytes are in memory.
const selectLists = `select server, place, digest, listing as text, seen_at as "seenAt" from catalog_snapshot
  where (server, place) in (select * from unnest($1::text[], $2::text[])) and octet_length(listing) <= $3`;

// A time to come, of a replica whose clock is ahead, would keep all others out: it is cut to the database's own.
const renewList = `update catalog_snapshot set seen_at = greatest(seen_at, least($4::timestamptz, now()))
  where server = $1 and place = $2 and digest = $3 returning 1`;

const replaceList = `insert into catalog_snapshot as kept (server, place, digest, listing, seen_at)
  values ($1, $2, $3, $5, least($4::timestamptz, now()))
  on conflict (server, place) do update
  set digest = excluded.digest, listing = excluded.listing, seen_at = excluded.seen_at
  where kept.seen_at <= excluded.seen_at`;
