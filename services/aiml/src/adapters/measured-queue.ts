import type { Metrics } from '@fairlead/server-kit/runtime';
import type { JobQueue } from '../deps.ts';
import type { ItemOutcome } from '../domain/indexing/store-records.ts';

/** Counts what a `JobQueue` stores: chunks by what was done for them, failed documents by code (07 A-69). */
export function measureQueue(queue: JobQueue, metrics: Metrics): JobQueue {
  const chunks = metrics.counter(
    'fairlead_index_chunks_total',
    'Chunks stored, newly embedded or with the vector that they had.',
    ['outcome'],
  );
  const errors = metrics.counter('fairlead_index_errors_total', 'Documents that could not be indexed.', ['code']);
  const count = (outcome: ItemOutcome): void => {
    if (outcome.kind === 'failed') errors.labels({ code: outcome.code }).inc();
    else if (outcome.kind === 'skipped') chunks.labels({ outcome: 'reused' }).inc(outcome.chunks);
    else {
      const reused = outcome.document.chunks.filter(({ isKept }) => isKept).length;
      chunks.labels({ outcome: 'reused' }).inc(reused);
      chunks.labels({ outcome: 'embedded' }).inc(outcome.document.chunks.length - reused);
    }
  };
  return {
    ...queue,
    async commit(job, item, stored) {
      const result = await queue.commit(job, item, stored);
      if (result === 'committed') count(stored.outcome);
      return result;
    },
  };
}
