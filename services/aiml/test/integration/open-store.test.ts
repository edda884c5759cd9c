import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import { startStore } from '../parts/start-store.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairlead-open-'));
});
afterAll(() => rm(folder, { recursive: true }));

const scope = { tenant: '' };
const draft = {
  name: 'docs',
  description: 'd',
  embedder: 'lexical-hash-v1',
  dims: 512,
  fields: { a: 'keyword' as const },
  visibility: 'tenant' as const,
};

test('makes the file and its folder, and finds everything again after a restart', async () => {
  const path = join(folder, 'state', 'deep', 'vectors.db');
  const first = await createSqliteStore({ path, collectionChunksMax: 10 });
  const { collection } = await first.collections.create(scope, draft, new Date(5));
  await first.close();

  const second = await createSqliteStore({ path, collectionChunksMax: 10 });

  expect(await second.collections.find(scope, 'docs')).toEqual(collection);
  expect((await stat(join(folder, 'state'))).mode & 0o777).toBe(0o700);
  await second.close();
});

test('refuses a file that is no store, and one of another version, with the reason', async () => {
  const text = join(folder, 'text.db');
  await writeFile(text, 'this is not a database, whatever its name says\n'.repeat(100));
  const newer = join(folder, 'newer.db');
  const database = new DatabaseSync(newer);
  database.exec('pragma user_version = 99');
  database.close();

  await expect(createSqliteStore({ path: text, collectionChunksMax: 10 })).rejects.toMatchObject({
    code: 'AIML_STORE_UNAVAILABLE',
    message: expect.stringContaining('not a database'),
  });
  await expect(createSqliteStore({ path: newer, collectionChunksMax: 10 })).rejects.toMatchObject({
    message: expect.stringContaining('of version 99; this server writes version 1'),
  });
});

const chunkOf = (ordinal: number, version: string) => ({
  ordinal,
  start: 0,
  end: 1,
  lineStart: 1,
  lineEnd: 1,
  headingPath: [],
  text: version,
  hash: `${version}${ordinal}`,
  terms: 'word',
  isKept: false,
  vector: undefined,
});

test('reads see a whole document or none while one is written (07 A-06)', async () => {
  await using started = await startStore();
  const { store } = started;
  const { collection } = await store.collections.create(scope, draft, new Date());
  const versions = ['one', 'two', 'three', 'four', 'five'];

  const seen: Set<string>[] = [];
  for (const version of versions) {
    const document = {
      id: 'a',
      uri: 'doc://docs/a',
      title: undefined,
      mime: undefined,
      metadata: {},
      fields: {},
      text: version,
    };
    await store.jobs.enqueue(scope, {
      id: version,
      collectionId: collection.id,
      work: { kind: 'documents', documents: [document] },
      source: undefined,
      sync: false,
      allowMassDelete: false,
      queuedAt: new Date(),
    });
    const job = await store.queue.claim('test', new Date(), new Date(Date.now() + 60_000));
    const [item] = job ? await store.queue.pending(job.lease, 1) : [];
    if (!job || !item) throw new Error('nothing was claimed');
    const prepared = {
      title: 'a',
      mime: 'text/plain',
      text: version,
      bytes: 1,
      contentHash: version,
      chunks: Array.from({ length: 300 }, (_, ordinal) => chunkOf(ordinal, version)),
    };
    const commit = store.queue.commit(job, item, { outcome: { kind: 'indexed', document: prepared }, now: new Date() });
    const writing = { isDone: false };
    void commit.finally(() => (writing.isDone = true));
    while (!writing.isDone) {
      const { found } = await store.vectors.searchTerms(scope, collection.id, {
        terms: ['word'],
        filter: undefined,
        limit: 1_000,
      });
      const passages = await store.vectors.passages(
        scope,
        found.map(({ id }) => id),
      );
      seen.push(new Set(passages.map(({ text }) => text)));
      expect([0, 300]).toContain(found.length);
    }
    expect(await commit).toBe('committed');
    await store.queue.finish(job.lease, new Date(), undefined);
  }

  expect(seen.every((texts) => texts.size <= 1)).toBe(true);
  expect(seen.length).toBeGreaterThan(0);
});
