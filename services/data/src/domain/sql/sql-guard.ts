import { hash } from 'node:crypto';
import { LruCache } from '../lru-cache.ts';
import { judgeStatement, type Verdict } from './judge-statement.ts';
import type { SqlCatalog } from './sql-catalog.ts';

/** Most verdicts that are kept per database (05 T-21). */
const verdictsMax = 2_000;

/** Judges the statements of one database, and remembers what it has let pass. */
export interface SqlGuard {
  /** @throws Refusal of any `SQL_` code. */
  judge(sql: string): Verdict;
}

/**
 * Makes the guard for one snapshot of a catalog. Verdicts live as long as the snapshot does, so a new snapshot forgets
 * them all. Refusals are not kept: a caller could fill the cache with them.
 */
export function createSqlGuard(catalog: SqlCatalog): SqlGuard {
  const verdicts = new LruCache<string, Verdict>(verdictsMax);
  return {
    judge(sql) {
      // A key of 43 characters, so that 2,000 statements of 64 KiB cannot hold 128 MiB.
      const key = hash('sha256', sql, 'base64url');
      const known = verdicts.get(key);
      if (known !== undefined) return known;
      const verdict = judgeStatement(sql, catalog);
      verdicts.set(key, verdict);
      return verdict;
    },
  };
}
