import { expect, test } from 'vitest';
import type { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import type { JobRequest } from '../../src/domain/indexing/store-records.ts';
import { startStore } from '../parts/start-store.ts';

const scope = { tenant: '' };
const later = (): Date => new Date(Date.now() + 60_000);

async function createCollection(store: SqliteStore): Promise<number> {
  const draft = {
    name: 'docs',
    description: '',
    embedder: 'lexical-hash-v1',
    dims: 512,
    fields: {},
    visibility: 'tenant' as const,
  };
  return (await store.collections.create(scope, draft, new Date())).collection.id;
}

function requestOf(id: string, collectionId: number): JobRequest {
  const document = {
    id: 'a',
    uri: 'doc://docs/a',
    title: undefined,
    mime: undefined,
    metadata: {},
    fields: {},
    text: 'x',
  };
  return {
    id,
    collectionId,
    work: { kind: 'documents', documents: [document] },
    source: undefined,
    sync: false,
    allowMassDelete: false,
    queuedAt: new Date(),
  };
}

test('runs jobs of one collection one after the other, and says which one a job waits for', async () => {
  await using started = await startStore();
  const { jobs, queue } = started.store;
  const collectionId = await createCollection(started.store);

  expect(await jobs.enqueue(scope, requestOf('first', collectionId))).toEqual({ isQueued: true, behind: undefined });
  expect(await jobs.enqueue(scope, requestOf('second', collectionId))).toEqual({ isQueued: true, behind: 'first' });

  const claimed = await queue.claim('one process', new Date(), later());
  expect(claimed?.jobId).toBe('first');
  expect(await queue.claim('another', new Date(), later())).toBeUndefined();

  if (claimed) await queue.finish(claimed.lease, new Date(), undefined);
  expect(await queue.claim('another', new Date(), later())).toMatchObject({ jobId: 'second' });
});

test('a job that was given back can be taken at once', async () => {
  await using started = await startStore();
  const { jobs, queue } = started.store;
  await jobs.enqueue(scope, requestOf('first', await createCollection(started.store)));
  const claimed = await queue.claim('stopping', new Date(), later());

  if (claimed) await queue.release(claimed.lease);

  expect(await queue.claim('next', new Date(), later())).toMatchObject({ jobId: 'first', lease: { epoch: 2 } });
});

test('a runner whose lease was taken over writes nothing (07 A-13)', async () => {
  await using started = await startStore();
  const { jobs, queue } = started.store;
  await jobs.enqueue(scope, requestOf('first', await createCollection(started.store)));
  const frozen = await queue.claim('frozen', new Date(1_000), new Date(2_000));
  const successor = await queue.claim('successor', new Date(3_000), later());
  if (!frozen || !successor) throw new Error('the job was not claimed twice');
  const [item] = await queue.pending(frozen.lease, 1);
  if (!item) throw new Error('the job has no document');
  const outcome = {
    outcome: { kind: 'failed' as const, code: 'AIML_DOCUMENT_FAILED', reason: 'late' },
    now: new Date(),
  };

  expect(await queue.commit(frozen, item, outcome)).toBe('lease-lost');
  expect(await queue.renew(frozen.lease, later())).toBe(false);
  expect(await queue.release(frozen.lease)).toBe(false);
  expect(await queue.finish(frozen.lease, new Date(), undefined)).toBe(false);
  expect(await queue.commit(successor, item, outcome)).toBe('committed');
});

test('refuses a version that was compared with another one than the stored one', async () => {
  await using started = await startStore();
  const { jobs, queue } = started.store;
  await jobs.enqueue(scope, requestOf('first', await createCollection(started.store)));
  const claimed = await queue.claim('one process', new Date(), later());
  const [item] = claimed ? await queue.pending(claimed.lease, 1) : [];
  if (!claimed || !item) throw new Error('nothing was claimed');
  const chunk = {
    ordinal: 0,
    start: 0,
    end: 1,
    lineStart: 1,
    lineEnd: 1,
    headingPath: [],
    text: 'x',
    hash: 'unknown',
    terms: 'x',
    isKept: true,
    vector: undefined,
  };
  const document = { title: 'x', mime: 'text/plain', text: 'x', bytes: 1, contentHash: 'c', chunks: [chunk] };

  expect(await queue.commit(claimed, item, { outcome: { kind: 'indexed', document }, now: new Date() })).toBe('stale');
  expect(await queue.pending(claimed.lease, 1)).toHaveLength(1);
});
