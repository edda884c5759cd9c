import { createFakeClock } from '@fairlead/server-kit/testing';
import { createLogger, Unavailable } from '@fairlead/server-kit/runtime';
import { expect, test } from 'vitest';
import type { DocumentPreparer, JobQueue, JobStore } from '../deps.ts';
import type { IndexJob, JobFailure } from '../domain/indexing/index-job.ts';
import type { ClaimedJob, CommitResult, JobItem } from '../domain/indexing/store-records.ts';
import { IndexRunner } from './index-runner.ts';

const job: ClaimedJob = {
  lease: { jobKey: 1, epoch: 1 },
  jobId: 'j1',
  scope: { tenant: '' },
  collection: {
    id: 1,
    name: 'docs',
    description: '',
    embedder: 'lexical-hash-v1',
    dims: 512,
    fields: {},
    visibility: 'tenant',
  },
  kind: 'documents',
  source: undefined,
  sync: false,
  allowMassDelete: false,
};
const itemOf = (ordinal: number): JobItem => ({
  ordinal,
  documentId: `d${ordinal}`,
  uri: `doc://docs/d${ordinal}`,
  title: undefined,
  mime: undefined,
  metadata: {},
  fields: {},
  text: 'words',
});

/** A fake queue with one job: it hands out what is pending, and takes down what it is told. */
class OneJobQueue implements JobQueue {
  readonly finished: (JobFailure | undefined)[] = [];
  readonly committed: number[] = [];
  released = 0;
  renewed = 0;
  claims = 0;
  claimFailures = 0;
  #pending: readonly JobItem[];
  readonly #commitResults: (CommitResult | Error)[];

  constructor(options: { readonly items: number; readonly commitResults?: readonly (CommitResult | Error)[] }) {
    this.#pending = Array.from({ length: options.items }, (_, ordinal) => itemOf(ordinal));
    this.#commitResults = [...(options.commitResults ?? [])];
  }

  async claim(): Promise<ClaimedJob | undefined> {
    this.claims += 1;
    if (this.claimFailures > 0) {
      this.claimFailures -= 1;
      throw new Unavailable('AIML_STORE_UNAVAILABLE', { publicMessage: 'The store does not answer.' });
    }
    return this.claims === 1 || this.finished.length === 0 ? job : undefined;
  }

  async renew(): Promise<boolean> {
    this.renewed += 1;
    return true;
  }

  async release(): Promise<boolean> {
    this.released += 1;
    return true;
  }

  async pending(): Promise<readonly JobItem[]> {
    return this.#pending;
  }

  async commit(_job: ClaimedJob, item: JobItem): Promise<CommitResult> {
    const result = this.#commitResults.shift() ?? 'committed';
    if (result instanceof Error) throw result;
    if (result !== 'committed') return result;
    this.committed.push(item.ordinal);
    this.#pending = this.#pending.filter(({ ordinal }) => ordinal !== item.ordinal);
    return result;
  }

  async finish(_lease: ClaimedJob['lease'], _now: Date, failure: JobFailure | undefined): Promise<boolean> {
    this.finished.push(failure);
    return true;
  }
}

const clock = createFakeClock();
const unchanged: DocumentPreparer = { prepare: async () => ({ kind: 'unchanged' }) };
const noJobs: JobStore = {
  enqueue: async () => ({ isQueued: false, behind: undefined }),
  find: async () => undefined,
  errors: async () => [],
};

function createRunner(
  queue: JobQueue,
  { preparer = unchanged, jobs = noJobs }: { readonly preparer?: DocumentPreparer; readonly jobs?: JobStore } = {},
): IndexRunner {
  return new IndexRunner({
    jobs,
    queue,
    documents: {
      read: async () => undefined,
      fingerprint: async () => undefined,
      idsOfSource: async () => [],
      idsByPrefix: async () => [],
    },
    source: { load: async () => ({ kind: 'missing' }) },
    preparers: [preparer],
    clock,
    log: createLogger({ name: 'aiml', level: 'silent' }),
    owner: 'test',
  });
}

async function run(queue: OneJobQueue, parts: Parameters<typeof createRunner>[1] = {}): Promise<void> {
  const runner = createRunner(queue, parts);
  runner.start();
  await clock.advance(10_000);
  await runner.stop();
  expect(clock.pending, 'timers that were left behind').toBe(0);
}

test('stores every document in order and finishes the job', async () => {
  const queue = new OneJobQueue({ items: 3 });

  await run(queue);

  expect(queue).toMatchObject({ committed: [0, 1, 2], finished: [undefined] });
});

test('prepares a document again when its stored version was another one', async () => {
  const queue = new OneJobQueue({ items: 1, commitResults: ['stale'] });

  await run(queue);

  expect(queue).toMatchObject({ committed: [0], finished: [undefined] });
});

test.each([
  ['the collection is at its limit', 'full' as const],
  ['the disk is full', new Unavailable('AIML_STORE_FULL', { publicMessage: 'The store has no room left.' })],
])('fails the job with AIML_STORE_FULL when %s', async (_what, result) => {
  const queue = new OneJobQueue({ items: 2, commitResults: ['committed', result] });

  await run(queue);

  expect(queue.committed).toEqual([0]);
  expect(queue.finished).toMatchObject([{ code: 'AIML_STORE_FULL' }]);
});

test('leaves a job that another runner has taken, and says nothing of it', async () => {
  const queue = new OneJobQueue({ items: 2, commitResults: ['lease-lost'] });
  queue.claim = async () => ((queue.claims += 1) === 1 ? job : undefined);

  await run(queue);

  expect(queue).toMatchObject({ committed: [], finished: [], released: 0 });
});

test('goes on by itself after the store did not answer', async () => {
  const queue = new OneJobQueue({ items: 1 });
  queue.claimFailures = 1;

  await run(queue);

  expect(queue).toMatchObject({ committed: [0], finished: [undefined] });
});

test('renews its lease while a document takes long', async () => {
  const queue = new OneJobQueue({ items: 1 });
  const prepared = Promise.withResolvers<{ readonly kind: 'unchanged' }>();
  const runner = createRunner(queue, { preparer: { prepare: () => prepared.promise } });
  runner.start();

  await clock.advance(16_000);
  prepared.resolve({ kind: 'unchanged' });
  await clock.advance(0);
  await runner.stop();

  expect(queue).toMatchObject({ renewed: 3, finished: [undefined] });
});

test('gives its job back when it stops, and takes no failure of a dying thread for one of the document', async () => {
  const queue = new OneJobQueue({ items: 2 });
  const prepared = Promise.withResolvers<{ readonly kind: 'failed'; readonly reason: string }>();
  const runner = createRunner(queue, { preparer: { prepare: () => prepared.promise } });
  runner.start();
  await clock.advance(0);

  const stopped = runner.stop();
  prepared.resolve({ kind: 'failed', reason: 'the thread ended' });
  await stopped;

  expect(queue).toMatchObject({ committed: [], finished: [], released: 1 });
});

test('does not wait for a document that does not end', async () => {
  const queue = new OneJobQueue({ items: 1 });
  const runner = createRunner(queue, { preparer: { prepare: () => new Promise(() => undefined) } });
  runner.start();
  await clock.advance(0);
  const stopped = runner.stop();

  await clock.advance(3_000);

  await stopped;
  expect(queue.finished).toEqual([]);
});

const stateOf = (status: IndexJob['status']): IndexJob => ({
  id: 'j1',
  status,
  collection: 'docs',
  documents: { total: 4, done: 1, skipped: 0, failed: 0 },
  chunks: { embedded: 0, reused: 0, deleted: 0 },
  startedAt: undefined,
  finishedAt: undefined,
  failure: undefined,
});

test('follows a job until it ends, until the time is over, and until the caller is gone', async () => {
  let current = stateOf('running');
  const runner = createRunner(new OneJobQueue({ items: 0 }), { jobs: { ...noJobs, find: async () => current } });
  const seen: number[] = [];
  const follow = (signal: AbortSignal): Promise<IndexJob | undefined> =>
    runner.follow(job.scope, 'j1', { waitMs: 1_000, signal, onProgress: ({ documents }) => seen.push(documents.done) });
  const live = new AbortController().signal;

  const timedOut = follow(live);
  await clock.advance(1_000);
  expect(await timedOut).toMatchObject({ status: 'running' });
  // At most every 250 ms (07 A-15).
  expect(seen).toEqual([1, 1, 1, 1]);

  expect(await follow(AbortSignal.abort())).toMatchObject({ status: 'running' });

  current = stateOf('succeeded');
  expect(await follow(live)).toMatchObject({ status: 'succeeded' });
});
