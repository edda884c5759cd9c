import type { Clock, Lifecycle, Logger, Secret } from '@fairlead/server-kit/runtime';
import { openDatabase } from '../postgres/open-database.ts';
import type { CatalogStore } from './catalog-store.ts';
import { createMemoryCatalogStore } from './memory-catalog-store.ts';
import { createPostgresCatalogStore } from './postgres-catalog-store.ts';

/** What opening the store needs. */
export interface CatalogStoreOptions {
  /** The platform's database; absent: there is none. */
  readonly url: Secret | undefined;
  readonly log: Logger;
  readonly lifecycle: Pick<Lifecycle, 'onStop'>;
  readonly clock: Clock;
}

/** Where the catalog is kept over a restart: the platform's database, or nowhere. */
export function openCatalogStore({ url, log, lifecycle, clock }: CatalogStoreOptions): CatalogStore {
  if (url === undefined) return createMemoryCatalogStore(clock);
  const database = openDatabase({ url, log });
  lifecycle.onStop('database', () => database.close());
  return createPostgresCatalogStore(database);
}
