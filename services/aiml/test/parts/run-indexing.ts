/**
 * Entry of a process that a test kills: runs the jobs of the store named by its first argument, prints a line at each
 * step, and ends when the job named by its second argument has ended.
 */
import { createLogger, systemClock } from '@fairlead/server-kit/runtime';
import { createDocumentPreparer } from '../../src/adapters/document-preparer.ts';
import { createFileSource } from '../../src/adapters/file-source.ts';
import { createSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import type { JobQueue } from '../../src/deps.ts';
import { IndexRunner } from '../../src/pipelines/index-runner.ts';

const [path = '', jobId = ''] = process.argv.slice(2);
const log = createLogger({ name: 'aiml', level: 'silent' });
const store = await createSqliteStore({ path, collectionChunksMax: 200_000 });
const { jobs, queue, documents } = store;
const preparer = createDocumentPreparer({ clock: systemClock, log });

const step = (name: string): void => void process.stdout.write(`${name}\n`);
const reported: JobQueue = {
  ...queue,
  async claim(owner, now, leaseUntil) {
    const job = await queue.claim(owner, now, leaseUntil);
    if (job) step('claimed');
    return job;
  },
  async commit(job, item, outcome) {
    step('prepared');
    const result = queue.commit(job, item, outcome);
    step('committing');
    await result;
    step('committed');
    return result;
  },
};
// A short lease, so that the next process need not wait 15 s for the jobs of this one.
const runner = new IndexRunner({
  jobs,
  queue: reported,
  documents,
  source: createFileSource({ roots: new Map(), bytesMax: 0 }),
  preparers: [preparer],
  clock: systemClock,
  log,
  owner: String(process.pid),
  leaseMs: 150,
  pollMs: 50,
});
runner.start();
const job = await runner.follow({ tenant: '' }, jobId, {
  waitMs: 60_000,
  signal: new AbortController().signal,
  onProgress: () => undefined,
});
await runner.stop();
await preparer.close();
await store.close();
step(`ended ${job?.status ?? 'unknown'}`);
