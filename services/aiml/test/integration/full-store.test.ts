import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { createCollection } from '../../src/adapters/sqlite/operations/collections.ts';
import { readDocument } from '../../src/adapters/sqlite/operations/documents.ts';
import { enqueueJob, findJob } from '../../src/adapters/sqlite/operations/jobs.ts';
import { claimJob, finishJob, pendingItems } from '../../src/adapters/sqlite/operations/queue.ts';
import { commitItem } from '../../src/adapters/sqlite/operations/write-document.ts';
import { Session } from '../../src/adapters/sqlite/session.ts';
import { createAnalyser } from '../../src/domain/analysis/analyser.ts';
import { createLexicalHasher } from '../../src/domain/analysis/lexical-hash.ts';
import { prepareDocument } from '../../src/domain/indexing/prepare-document.ts';

const scope = { tenant: '' };

// 07 §15: disk full while indexing. SQLite answers the page limit of a file as it answers a full disk.
test('a full store keeps the live version, can say that the job failed, and reads go on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-full-'));
  const session = new Session(openDatabase({ path: join(folder, 'vectors.db'), access: 'write' }));
  const draft = {
    name: 'docs',
    description: '',
    embedder: 'lexical-hash-v1',
    dims: 512,
    fields: {},
    visibility: 'tenant' as const,
  };
  const { collection } = createCollection(session, { scope, draft, now: new Date() });
  const store = (jobId: string, text: string): string => {
    const document = {
      id: 'a',
      uri: 'doc://docs/a',
      title: undefined,
      mime: undefined,
      metadata: {},
      fields: {},
      text,
    };
    enqueueJob(session, {
      scope,
      job: {
        id: jobId,
        collectionId: collection.id,
        work: { kind: 'documents', documents: [document] },
        source: undefined,
        sync: false,
        allowMassDelete: false,
        queuedAt: new Date(),
      },
    });
    const job = claimJob(session, { owner: 'test', now: new Date(), leaseUntil: new Date(Date.now() + 60_000) });
    const [item] = job ? pendingItems(session, { lease: job.lease, limit: 1 }) : [];
    if (!job || !item) throw new Error('nothing was claimed');
    const prepared = prepareDocument(
      {
        body: text,
        uri: item.uri,
        title: undefined,
        mime: undefined,
        name: undefined,
        metadata: {},
        stored: undefined,
      },
      { analyser: createAnalyser(), embed: createLexicalHasher() },
    );
    if (prepared.kind !== 'prepared') throw new Error('nothing was prepared');
    const commit = {
      lease: job.lease,
      collectionId: collection.id,
      source: undefined,
      item,
      chunksMax: 100_000,
      now: new Date(),
    };
    try {
      return commitItem(session, { ...commit, outcome: { kind: 'indexed', document: prepared.document } });
    } finally {
      finishJob(session, { lease: job.lease, now: new Date(), failure: { code: 'AIML_STORE_FULL', reason: 'full' } });
    }
  };
  expect(store('first', 'the live version')).toBe('committed');
  const pages = Number(session.first('pragma page_count')?.['page_count']);
  session.database.exec(`pragma max_page_count = ${pages + 300}`);

  expect(() => store('second', 'A paragraph of a text that does not fit. '.repeat(40_000))).toThrow(
    expect.objectContaining({ errcode: 13 }),
  );

  expect(findJob(session, { scope, id: 'second' })).toMatchObject({ status: 'failed' });
  expect(readDocument(session, { scope, collectionId: collection.id, documentId: 'a' })).toMatchObject({
    text: 'the live version',
  });
  session.database.close();
  await rm(folder, { recursive: true });
});
