import { expect, test } from 'vitest';
import type { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import type { Collection, CollectionDraft } from '../../src/domain/collection.ts';
import type { Scope } from '../../src/domain/scope.ts';
import { startAiml, type TestAiml } from '../parts/start-aiml.ts';

const owner: Scope = { tenant: 'owner' };
const stranger: Scope = { tenant: 'stranger' };
const draft: CollectionDraft = {
  name: 'plans',
  description: 'secret-marker',
  embedder: 'lexical-hash-v1',
  dims: 512,
  fields: { year: 'integer' },
  visibility: 'tenant',
};

interface OwnedThings {
  readonly aiml: TestAiml;
  readonly collection: Collection;
  readonly jobId: string;
  readonly chunkIds: readonly number[];
}

async function ownedThings(aiml: TestAiml, visibility: CollectionDraft['visibility']): Promise<OwnedThings> {
  const { collection } = await aiml.store.collections.create(owner, { ...draft, visibility }, new Date(0));
  const jobId = aiml.deps.newId();
  const document = {
    id: 'd1',
    uri: 'doc://plans/d1',
    title: 'secret-marker',
    mime: undefined,
    metadata: { year: 1 },
    fields: { year: 1 },
    text: 'secret-marker plan',
  };
  const failing = { ...document, id: 'd2', uri: 'file:///nowhere/secret-marker.md', text: undefined };
  await aiml.store.jobs.enqueue(owner, {
    id: jobId,
    collectionId: collection.id,
    work: { kind: 'documents', documents: [document, failing] },
    source: 'secret-source',
    sync: false,
    allowMassDelete: false,
    queuedAt: new Date(),
  });
  aiml.deps.runner.wake();
  await aiml.deps.runner.follow(owner, jobId, {
    waitMs: 30_000,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const { found } = await aiml.store.vectors.searchTerms(owner, collection.id, {
    terms: ['marker'],
    filter: undefined,
    limit: 10,
  });
  return { aiml, collection, jobId, chunkIds: found.map(({ id }) => id) };
}

/** Every method of every port that takes a scope, asked for the owner's things by their real ids. */
function everyRead(
  { store }: { store: SqliteStore },
  scope: Scope,
  { collection, jobId, chunkIds }: OwnedThings,
): Readonly<Record<string, () => Promise<unknown>>> {
  const vector = new Float32Array(512).fill(1);
  return {
    'collections.find': () => store.collections.find(scope, 'plans'),
    'collections.list': () => store.collections.list(scope, { after: '', limit: 100 }),
    'documents.read': () => store.documents.read(scope, collection.id, 'd1'),
    'documents.fingerprint': () => store.documents.fingerprint(scope, collection.id, 'd1'),
    'documents.idsOfSource': () => store.documents.idsOfSource(scope, collection.id, 'secret-source'),
    'documents.idsByPrefix': () => store.documents.idsByPrefix(scope, collection.id, { prefix: 'd', limit: 10 }),
    'vectors.searchTerms': () =>
      store.vectors.searchTerms(scope, collection.id, { terms: ['marker'], filter: undefined, limit: 10 }),
    'vectors.searchTerms by id filter': () =>
      store.vectors.searchTerms(scope, collection.id, {
        terms: ['marker'],
        filter: { kind: 'ids', ids: ['d1'] },
        limit: 10,
      }),
    'vectors.searchVectors': () =>
      store.vectors.searchVectors(scope, collection.id, { vector, filter: undefined, limit: 10, among: undefined }),
    'vectors.searchVectors by chunk': () =>
      store.vectors.searchVectors(scope, collection.id, { vector, filter: undefined, limit: 10, among: chunkIds }),
    'vectors.passages': () => store.vectors.passages(scope, chunkIds),
    'jobs.find': () => store.jobs.find(scope, jobId),
    'jobs.errors': () => store.jobs.errors(scope, jobId, { after: -1, limit: 10 }),
  };
}

function isNothing(value: unknown): boolean {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return true;
  return JSON.stringify(value) === JSON.stringify({ found: [], knownTerms: 0 });
}

// 07 A-22: by query, by id, by cursor, by count, by neighbour.
test('no method of any port gives one tenant the things of another', async () => {
  await using aiml = await startAiml();
  const things = await ownedThings(aiml, 'tenant');

  for (const [method, ask] of Object.entries(everyRead(aiml, owner, things)))
    expect({ method, isNothing: isNothing(await ask()) }).toEqual({ method, isNothing: false });
  for (const [method, ask] of Object.entries(everyRead(aiml, stranger, things)))
    expect({ method, isNothing: isNothing(await ask()) }).toEqual({ method, isNothing: true });
});

test('a stranger can queue no work on the collection of another tenant', async () => {
  await using aiml = await startAiml();
  const { collection } = await ownedThings(aiml, 'tenant');
  const request = {
    id: aiml.deps.newId(),
    collectionId: collection.id,
    work: { kind: 'rebuild' as const },
    source: undefined,
    sync: false,
    allowMassDelete: false,
    queuedAt: new Date(),
  };

  expect(await aiml.store.jobs.enqueue(stranger, request)).toEqual({ isQueued: false, behind: undefined });
  expect(await aiml.store.jobs.find(stranger, request.id)).toBeUndefined();
  expect(await aiml.store.jobs.find(owner, request.id)).toBeUndefined();
});

test('two tenants have collections of one name, each its own', async () => {
  await using aiml = await startAiml();
  const { collection } = await ownedThings(aiml, 'tenant');

  const { created, collection: other } = await aiml.store.collections.create(stranger, draft, new Date(0));

  expect(created).toBe(true);
  expect(other.id).not.toBe(collection.id);
  expect(await aiml.store.collections.find(stranger, 'plans')).toMatchObject({ id: other.id, documents: 0 });
});

test('a shared collection is read by every tenant, its jobs are not, and an own collection hides it', async () => {
  await using aiml = await startAiml();
  const things = await ownedThings(aiml, 'shared');
  const { 'jobs.find': findJob, 'jobs.errors': jobErrors, ...reads } = everyRead(aiml, stranger, things);

  for (const [method, ask] of Object.entries(reads))
    expect({ method, isNothing: isNothing(await ask()) }).toEqual({ method, isNothing: false });
  expect([await findJob?.(), await jobErrors?.()]).toEqual([undefined, []]);

  await aiml.store.collections.create(stranger, draft, new Date(0));
  expect(await aiml.store.collections.find(stranger, 'plans')).toMatchObject({ isOwn: true });
  expect(await aiml.store.collections.list(stranger, { after: '', limit: 10 })).toHaveLength(1);
});
