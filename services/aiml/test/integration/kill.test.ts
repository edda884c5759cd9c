import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startStore } from '../parts/start-store.ts';

const kills = 20;
const documentCount = 400;
const scope = { tenant: '' };

// 07 A-13: kill -9 at any point loses nothing and doubles nothing.
test('a job goes on from the first document not done after each of twenty kill -9', { timeout: 180_000 }, async () => {
  await using started = await startStore();
  const { store, path } = started;
  const draft = {
    name: 'docs',
    description: '',
    embedder: 'lexical-hash-v1',
    dims: 512,
    fields: {},
    visibility: 'tenant' as const,
  };
  const { collection } = await store.collections.create(scope, draft, new Date());
  const documents = Array.from({ length: documentCount }, (_, index) => ({
    id: `d${index}`,
    uri: `doc://docs/d${index}`,
    title: undefined,
    mime: undefined,
    metadata: {},
    fields: {},
    text: `# Document ${index}\n\n${`Sentence of document ${index}. `.repeat(200)}`,
  }));
  const jobId = crypto.randomUUID();
  await store.jobs.enqueue(scope, {
    id: jobId,
    collectionId: collection.id,
    work: { kind: 'documents', documents },
    source: undefined,
    sync: false,
    allowMassDelete: false,
    queuedAt: new Date(),
  });

  const stepsTaken: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    // Steps are claimed, then prepared, committing, committed for each document: the kills hit each kind.
    const stepsBeforeKill = 1 + ((kill * 4) % 9);
    stepsTaken.push(await runUntil(path, jobId, stepsBeforeKill));
  }
  expect(await store.jobs.find(scope, jobId), 'every process was killed in the middle of the job').toMatchObject({
    status: 'running',
  });
  await runUntil(path, jobId, Number.POSITIVE_INFINITY);

  expect(Math.min(...stepsTaken), 'every process took up the job').toBeGreaterThan(0);
  const job = await store.jobs.find(scope, jobId);
  expect(job).toMatchObject({
    status: 'succeeded',
    documents: { total: documentCount, done: documentCount, skipped: 0, failed: 0 },
  });
  const counts = countRows(path);
  expect(counts).toEqual({
    documents: documentCount,
    texts: documentCount,
    chunks: job?.chunks.embedded,
    terms: job?.chunks.embedded,
    vectors: job?.chunks.embedded,
    counted: job?.chunks.embedded,
  });
});

/** Runs the indexing process, kills it after some steps, and returns how many steps it took. */
async function runUntil(path: string, jobId: string, steps: number): Promise<number> {
  const entry = fileURLToPath(new URL('../parts/run-indexing.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@fairlead/source', entry, path, jobId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let taken = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === '') continue;
    taken += 1;
    if (taken >= steps) child.kill('SIGKILL');
  }
  await exited;
  return taken;
}

function countRows(path: string): Readonly<Record<string, unknown>> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const row = database
      .prepare(
        `select (select count(*) from document) as documents, (select count(*) from document_text) as texts, (select count(*) from chunk) as chunks,
           (select count(*) from terms_1) as terms, (select count(*) from vectors_1) as vectors, (select chunks from collection) as counted`,
      )
      .get();
    return { ...row };
  } finally {
    database.close();
  }
}
