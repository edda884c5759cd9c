import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createSqliteStore,
  type SqliteStore,
  type SqliteStoreOptions,
} from '../../src/adapters/sqlite/sqlite-store.ts';

/** A real store in a folder of its own. */
export interface TestStore extends AsyncDisposable {
  readonly store: SqliteStore;
  readonly path: string;
}

/** Starts a store; its threads and its folder go when the scope ends. */
export async function startStore(options: Partial<SqliteStoreOptions> = {}): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-aiml-'));
  const path = join(folder, 'vectors.db');
  const store = await createSqliteStore({ path, collectionChunksMax: 200_000, ...options });
  return {
    store,
    path,
    async [Symbol.asyncDispose]() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
