import type { Clock } from '@fairlead/server-kit/runtime';
import { createSqlGuard, type SqlGuard } from '../../domain/sql/sql-guard.ts';
import { loadCatalog } from './load-catalog.ts';
import type { ReadTransactions } from './read-transactions.ts';
import { serviceCaller } from './service-caller.ts';
import { SharedValue } from './shared-value.ts';

/** A snapshot is this old at most (06 S-24). */
const keptMs = 600_000;

/** A database's catalog at one time, and the guard that judges by it. */
export interface CatalogSnapshot {
  readonly guard: SqlGuard;
  readonly typeNames: ReadonlyMap<number, string>;
}

/** What a catalog cache is made from. */
export interface CatalogCacheOptions {
  readonly transactions: ReadTransactions;
  readonly schemas: readonly string[];
  readonly clock: Clock;
}

/** Makes the cache of one database's catalog. A new snapshot brings a new guard, which has forgotten every verdict. */
export function createCatalogCache({ transactions, schemas, clock }: CatalogCacheOptions): {
  current(): Promise<CatalogSnapshot>;
} {
  return new SharedValue<CatalogSnapshot>({
    clock,
    keepMs: () => keptMs,
    load: async () => {
      const catalog = await transactions.run(serviceCaller(), (client) => loadCatalog(client, schemas));
      return { guard: createSqlGuard(catalog), typeNames: catalog.typeNames };
    },
  });
}
