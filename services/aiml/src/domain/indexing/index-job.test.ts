import { expect, test } from 'vitest';
import { paceOf, type IndexJob } from './index-job.ts';

const job: IndexJob = {
  id: 'j',
  status: 'running',
  collection: 'docs',
  documents: { total: 100, done: 20, skipped: 4, failed: 1 },
  chunks: { embedded: 90, reused: 10, deleted: 0 },
  startedAt: new Date(0),
  finishedAt: undefined,
  failure: undefined,
};

test('works out chunks a second and the seconds that are left', () => {
  expect(paceOf(job, new Date(10_000))).toEqual({ rate: 10, etaSeconds: 30 });
});

test('knows no end before the first document and after the last', () => {
  expect(paceOf({ ...job, startedAt: undefined, status: 'queued' }, new Date(0))).toEqual({
    rate: 0,
    etaSeconds: undefined,
  });
  expect(paceOf({ ...job, status: 'succeeded', finishedAt: new Date(5_000) }, new Date(90_000))).toEqual({
    rate: 20,
    etaSeconds: undefined,
  });
});
