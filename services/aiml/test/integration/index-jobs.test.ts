import { DatabaseSync } from 'node:sqlite';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startAiml, type TestAiml } from '../parts/start-aiml.ts';

const jobAnswer = z.object({
  job_id: z.string(),
  status: z.string(),
  accepted: z.int(),
  duplicates: z.int(),
  notice: z.string().optional(),
});
const jobState = z.object({
  status: z.string(),
  documents: z.object({ total: z.int(), done: z.int(), skipped: z.int(), failed: z.int() }),
  chunks: z.object({ embedded: z.int(), reused: z.int(), deleted: z.int() }),
  errors: z.array(z.object({ uri: z.string(), code: z.string(), reason: z.string() })),
  truncated: z.boolean(),
  next_cursor: z.string().optional(),
  notice: z.string().optional(),
});

async function index(
  aiml: TestAiml,
  input: object,
): Promise<
  z.infer<typeof jobState> & { readonly job_id: string; readonly accepted: number; readonly duplicates: number }
> {
  const { structuredContent, content } = await aiml.tools.call('index_documents', { collection: 'docs', ...input });
  if (!structuredContent) throw new Error(JSON.stringify(content));
  const answer = jobAnswer.parse(structuredContent);
  const state = jobState.parse((await aiml.tools.call('get_index_job', { job_id: answer.job_id })).structuredContent);
  return { ...answer, ...state };
}

async function startWithCollection(options: Parameters<typeof startAiml>[0] = {}): Promise<TestAiml> {
  const aiml = await startAiml(options);
  await aiml.tools.call('create_collection', { name: 'docs' });
  return aiml;
}

const article = (name: string, parts: number): string =>
  Array.from(
    { length: parts },
    (_, part) => `## ${name} ${part}\n\nAbout ${name} number ${part}. ${'It has words. '.repeat(60)}`,
  ).join('\n\n');

test('embeds nothing on a second run, and only what changed on a third (07 A-11)', async () => {
  await using aiml = await startWithCollection();
  const documents = [
    { id: 'a', text: article('alpha', 10) },
    { id: 'b', text: article('beta', 10) },
  ];

  const first = await index(aiml, { documents });
  const second = await index(aiml, { documents });
  const third = await index(aiml, {
    documents: [{ id: 'a', text: article('alpha', 10).replace('number 4', 'number four') }],
  });

  expect(first).toMatchObject({
    status: 'succeeded',
    documents: { total: 2, done: 2 },
    chunks: { embedded: 20, reused: 0, deleted: 0 },
  });
  expect(second).toMatchObject({
    status: 'succeeded',
    documents: { done: 0, skipped: 2 },
    chunks: { embedded: 0, reused: 20 },
  });
  expect(third).toMatchObject({ status: 'succeeded', chunks: { embedded: 1, reused: 9, deleted: 1 } });
});

test('a chunk that moved keeps its vector', async () => {
  await using aiml = await startWithCollection();
  await index(aiml, { documents: [{ id: 'a', text: article('alpha', 3) }] });
  const vectorsOf = (): readonly string[] =>
    readDatabase(
      aiml.path,
      "select hex(v.embedding) as value from chunk c join vectors_1 v on v.chunk_id = c.id where c.text like '## alpha%' order by c.text",
    );
  const before = vectorsOf();

  const moved = await index(aiml, {
    documents: [{ id: 'a', text: `${article('zero', 2)}\n\n${article('alpha', 3)}`, title: 'alpha 0' }],
  });

  expect(moved.chunks).toEqual({ embedded: 2, reused: 3, deleted: 0 });
  expect(vectorsOf()).toEqual(before);
});

test('one bad document never fails the job: it is named, and the rest is indexed (07 A-14)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-docs-'));
  await writeFile(join(folder, 'good.md'), '# Good');
  await writeFile(join(folder, 'program.txt'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x00]));
  await writeFile(join(folder, 'large.txt'), 'x'.repeat(5_000));
  await using aiml = await startWithCollection({ roots: new Map([['docs', folder]]), documentBytesMax: 4_096 });

  const job = await index(aiml, {
    uris: [
      'file:///docs/good.md',
      'file:///docs/program.txt',
      'file:///docs/large.txt',
      'file:///docs/missing.md',
      'file:///etc/passwd',
    ],
  });

  expect(job).toMatchObject({ status: 'partial', documents: { total: 5, done: 1, failed: 4 } });
  expect(job.errors).toEqual([
    {
      uri: 'file:///docs/program.txt',
      code: 'AIML_UNSUPPORTED_TYPE',
      reason: expect.stringContaining('an ELF program'),
    },
    { uri: 'file:///docs/large.txt', code: 'AIML_DOCUMENT_TOO_LARGE', reason: expect.stringContaining('4096') },
    { uri: 'file:///docs/missing.md', code: 'AIML_DOCUMENT_NOT_FOUND', reason: expect.any(String) },
    // 06 S-53: outside and missing are one answer.
    { uri: 'file:///etc/passwd', code: 'AIML_DOCUMENT_NOT_FOUND', reason: expect.any(String) },
  ]);
  await rm(folder, { recursive: true });
});

test('keeps the first 1,000 errors, counts all, and pages them', async () => {
  await using aiml = await startWithCollection();
  const uris = Array.from({ length: 1_010 }, (_, number) => `file:///docs/missing-${number}.md`);
  const { structuredContent } = await aiml.tools.call('index_documents', { collection: 'docs', uris });
  const { job_id: id } = jobAnswer.parse(structuredContent);
  await aiml.deps.runner.follow({ tenant: '' }, id, {
    waitMs: 60_000,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });

  const found: string[] = [];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const state = jobState.parse(
      (await aiml.tools.call('get_index_job', { job_id: id, ...(cursor !== undefined && { cursor }) }))
        .structuredContent,
    );
    expect(state.documents.failed).toBe(1_010);
    found.push(...state.errors.map(({ uri }) => uri));
    cursor = state.next_cursor;
  }

  expect(found).toEqual(uris.slice(0, 1_000));
});

test('a sync deletes what its source no longer lists, and nothing of other sources (07 A-12)', async () => {
  await using aiml = await startWithCollection();
  const documents = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, text: `about ${id}` }));
  await index(aiml, { documents, source: 'wiki' });
  await index(aiml, { documents: [{ id: 'other', text: 'about other' }], source: 'blog' });

  const job = await index(aiml, { documents: documents.slice(0, 4), source: 'wiki', sync: true });

  expect(job).toMatchObject({ status: 'succeeded', chunks: { deleted: 1 } });
  expect(await aiml.store.documents.idsByPrefix({ tenant: '' }, 1, { prefix: '', limit: 10 })).toEqual([
    'a',
    'b',
    'c',
    'd',
    'other',
  ]);
  expect(await aiml.store.collections.find({ tenant: '' }, 'docs')).toMatchObject({ documents: 5, chunks: 5 });
});

test('a sync that has become too large while it waited stops, and deletes nothing', async () => {
  await using aiml = await startWithCollection();
  await index(aiml, { documents: [{ id: 'a', text: 'x' }], source: 'wiki' });
  const scope = { tenant: '' };
  const id = aiml.deps.newId();
  // Queued past the check of the tool, as a job is whose source changed while it waited.
  await aiml.store.jobs.enqueue(scope, {
    id,
    collectionId: 1,
    work: { kind: 'documents', documents: [] },
    source: 'wiki',
    sync: true,
    allowMassDelete: false,
    queuedAt: new Date(),
  });
  aiml.deps.runner.wake();
  await aiml.deps.runner.follow(scope, id, {
    waitMs: 30_000,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });

  expect(await aiml.store.jobs.find(scope, id)).toMatchObject({
    status: 'failed',
    failure: { code: 'AIML_SYNC_TOO_LARGE' },
  });
  expect(await aiml.store.documents.idsOfSource(scope, 1, 'wiki')).toEqual(['a']);
});

test('a document keeps its source when it is indexed again without one', async () => {
  await using aiml = await startWithCollection();
  await index(aiml, { documents: [{ id: 'a', text: 'first' }], source: 'wiki' });

  await index(aiml, { documents: [{ id: 'a', text: 'second' }] });
  await index(aiml, { rebuild: true });

  expect(await aiml.store.documents.idsOfSource({ tenant: '' }, 1, 'wiki')).toEqual(['a']);
});

test('a rebuild makes a lost index anew from the stored documents, with no chunk lost (07 A-05)', async () => {
  await using aiml = await startWithCollection();
  const page = '<!doctype html><title>Refunds</title><h1>EU</h1><p>Thirty days.</p>';
  await index(aiml, {
    documents: [
      { id: 'a', text: article('alpha', 20) },
      { id: 'page', text: page },
      { id: 'json', text: '{"limit":12345678901234567890}', mime: 'application/json' },
    ],
  });
  const countIndex = (): readonly string[] =>
    readDatabase(
      aiml.path,
      "select (select count(*) from vectors_1) || '+' || (select count(*) from terms_1) as value",
    );
  const hashes = (): readonly string[] =>
    readDatabase(
      aiml.path,
      'select d.content_hash || c.hash as value from chunk c join document d on d.key = c.document_key order by d.id, c.ordinal',
    );
  const [before] = countIndex();
  const hashesBefore = hashes();
  const broken = new DatabaseSync(aiml.path);
  broken.exec('drop table vocabulary_1; drop table terms_1; drop table vectors_1');
  broken.close();

  const job = await index(aiml, { rebuild: true });

  expect(job).toMatchObject({
    status: 'succeeded',
    accepted: 3,
    documents: { done: 3 },
    chunks: { embedded: 22, deleted: 0 },
  });
  expect(countIndex()).toEqual([before]);
  expect(hashes()).toEqual(hashesBefore);
});

test('stops at the limit of chunks with AIML_STORE_FULL, and keeps what was done before', async () => {
  await using aiml = await startWithCollection({ collectionChunksMax: 12 });

  const job = await index(aiml, {
    documents: [
      { id: 'a', text: article('alpha', 10) },
      { id: 'b', text: article('beta', 10) },
    ],
  });

  expect(job).toMatchObject({
    status: 'failed',
    documents: { done: 1 },
    notice: expect.stringContaining('AIML_STORE_FULL'),
  });
  expect(await aiml.store.collections.find({ tenant: '' }, 'docs')).toMatchObject({ documents: 1, chunks: 10 });
});

function readDatabase(path: string, sql: string): readonly string[] {
  const database = new DatabaseSync(path);
  try {
    return database
      .prepare(sql)
      .all()
      .map((row) => String(row['value']));
  } finally {
    database.close();
  }
}
