import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { CollectionStore, DocumentStore, JobQueue, JobStore, VectorStore } from '../../deps.ts';
import { WorkerChannel, WorkerFailure } from '../worker/worker-channel.ts';
import { workerEntry } from '../worker/worker-entry.ts';
import type { DatabaseOptions } from './open-database.ts';
import { storeError } from './store-error.ts';
import type { BoundOperations, readOperations, writeOperations } from './store-operations.ts';

/** How the store is made. */
export interface SqliteStoreOptions {
  /** The file; its folder is made when it is missing. */
  readonly path: string;
  /** Most chunks of one collection. */
  readonly collectionChunksMax: number;
}

/** Everything that the service keeps, in one SQLite file behind the ports of `deps.ts`. */
export interface SqliteStore {
  readonly collections: CollectionStore;
  readonly documents: DocumentStore;
  readonly vectors: VectorStore;
  readonly jobs: JobStore;
  readonly queue: JobQueue;
  /** Resolves when the file can be read. */
  check(): Promise<void>;
  close(): Promise<void>;
}

type ReadOperations = BoundOperations<typeof readOperations>;
type WriteOperations = BoundOperations<typeof writeOperations>;

const readerCount = 2;

/**
 * Opens the store: one writer thread and two reader threads on one file in WAL mode, so that searches go on while a
 * document is written (07 A-37).
 *
 * @throws Unavailable when the file cannot be opened, with the reason.
 */
export async function createSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const path = resolve(options.path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // SQLite would make the file readable for everybody; it holds the documents (06 S-99). The two files beside it take its mode.
  await (await open(path, 'a', 0o600)).close();
  const writer = new WorkerChannel<WriteOperations>({
    name: 'aiml-store-writer',
    ...channelOptions({ path, access: 'write' }),
  });
  const readers = Array.from(
    { length: readerCount },
    (_, index) =>
      new WorkerChannel<ReadOperations>({
        name: `aiml-store-reader-${index + 1}`,
        ...channelOptions({ path, access: 'read' }),
      }),
  );
  const write: Call<WriteOperations> = (operation, input) => answered(writer.call(operation, input));
  const read: Call<ReadOperations> = (operation, input) => answered(leastBusy(readers).call(operation, input));
  const store = { ...recordPorts(read, write), ...indexPorts(read, write, options.collectionChunksMax) };
  // The writer makes the file, so that it has to be first; an absent lease is the cheapest thing to ask it.
  await write('renewLease', { lease: { jobKey: 0, epoch: 0 }, leaseUntil: new Date(0) });
  return {
    ...store,
    check: async () => {
      await read('listCollections', { scope: { tenant: '' }, after: '', limit: 1 });
    },
    close: async () => {
      await Promise.all([writer, ...readers].map((channel) => channel.close()));
    },
  };
}

type Call<Operations extends Readonly<Record<string, (input: never) => unknown>>> = <
  Name extends keyof Operations & string,
>(
  operation: Name,
  input: Parameters<Operations[Name]>[0],
) => Promise<ReturnType<Operations[Name]>>;

function recordPorts(
  read: Call<ReadOperations>,
  write: Call<WriteOperations>,
): Pick<SqliteStore, 'collections' | 'documents' | 'jobs'> {
  return {
    collections: {
      create: (scope, draft, now) => write('createCollection', { scope, draft, now }),
      find: (scope, name) => read('findCollection', { scope, name }),
      list: (scope, page) => read('listCollections', { scope, ...page }),
    },
    documents: {
      read: (scope, collectionId, documentId) => read('readDocument', { scope, collectionId, documentId }),
      fingerprint: (scope, collectionId, documentId) =>
        read('documentFingerprint', { scope, collectionId, documentId }),
      idsOfSource: (scope, collectionId, source) => read('sourceDocuments', { scope, collectionId, source }),
      idsByPrefix: (scope, collectionId, search) => read('documentIds', { scope, collectionId, ...search }),
    },
    jobs: {
      enqueue: (scope, job) => write('enqueueJob', { scope, job }),
      find: (scope, id) => read('findJob', { scope, id }),
      errors: (scope, id, page) => read('listJobErrors', { scope, id, ...page }),
    },
  };
}

function indexPorts(
  read: Call<ReadOperations>,
  write: Call<WriteOperations>,
  chunksMax: number,
): Pick<SqliteStore, 'vectors' | 'queue'> {
  return {
    vectors: {
      searchTerms: (scope, collectionId, query) => read('searchTerms', { scope, collectionId, ...query }),
      searchVectors: (scope, collectionId, query) => read('searchVectors', { scope, collectionId, ...query }),
      passages: (scope, ids) => read('readPassages', { scope, ids }),
    },
    queue: {
      claim: (owner, now, leaseUntil) => write('claimJob', { owner, now, leaseUntil }),
      renew: (lease, leaseUntil) => write('renewLease', { lease, leaseUntil }),
      release: (lease) => write('releaseLease', { lease }),
      pending: (lease, limit) => write('pendingItems', { lease, limit }),
      commit: ({ lease, collection, source }, item, { outcome, now }) =>
        write('commitItem', { lease, collectionId: collection.id, source, item, outcome, chunksMax, now }),
      finish: (lease, now, failure) => write('finishJob', { lease, now, failure }),
    },
  };
}

function channelOptions(data: DatabaseOptions): { readonly entry: URL; readonly data: DatabaseOptions } {
  return { entry: workerEntry('./store-worker', import.meta.url), data };
}

function leastBusy(readers: readonly WorkerChannel<ReadOperations>[]): WorkerChannel<ReadOperations> {
  return readers.reduce((best, reader) => (reader.waiting < best.waiting ? reader : best));
}

async function answered<Value>(call: Promise<Value>): Promise<Value> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof WorkerFailure)) throw error;
    throw storeError(error);
  }
}
