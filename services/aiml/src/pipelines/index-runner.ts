import { ServiceError, type Clock, type Logger } from '@fairlead/server-kit/runtime';
import type {
  DocumentPreparer,
  DocumentSource,
  DocumentStore,
  FollowOptions,
  JobQueue,
  JobRunner,
  JobStore,
} from '../deps.ts';
import { isFinished, type IndexJob, type JobFailure } from '../domain/indexing/index-job.ts';
import type { ClaimedJob, CommitResult, JobItem } from '../domain/indexing/store-records.ts';
import type { Scope } from '../domain/scope.ts';
import { prepareItem } from './prepare-item.ts';

/** What runners work with. */
export interface IndexRunnerOptions {
  readonly jobs: JobStore;
  readonly queue: JobQueue;
  readonly documents: DocumentStore;
  readonly source: DocumentSource;
  /** One runner for each: a runner works on one job at a time. */
  readonly preparers: readonly DocumentPreparer[];
  readonly clock: Clock;
  readonly log: Logger;
  /** Names this process in the store, for an operator. */
  readonly owner: string;
  /** How long a job stays taken without a sign of life. Default 15 s (07 A-13). */
  readonly leaseMs?: number;
  /** How often runners look for work that nobody announced: jobs of a process that died. Default 5 s. */
  readonly pollMs?: number;
}

const itemsPerPage = 32;
const stopMsMax = 3_000;
/** Pause between two looks at a followed job: also the most often that progress is told (07 A-15). */
const followMs = 250;

/** Why a runner leaves a job before its last document. */
type JobEnd = JobFailure | 'lease-lost' | 'interrupted';

const collectionFull: JobFailure = {
  code: 'AIML_STORE_FULL',
  reason: 'The collection would hold more chunks than this server allows. Documents that were done before stay.',
};

/**
 * Runs indexing jobs in the background, from the first document that is not done. Each document is one step: load,
 * prepare, store with the job's state in one transaction. A process that dies loses its lease, and the next runner goes
 * on where it stopped (07 A-13).
 */
export class IndexRunner implements JobRunner {
  readonly #options: IndexRunnerOptions;
  readonly #leaseMs: number;
  readonly #pollMs: number;
  readonly #stopping = new AbortController();
  readonly #sleepers = new Set<() => void>();
  #wakeCount = 0;
  #loops: readonly Promise<void>[] = [];

  constructor(options: IndexRunnerOptions) {
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? 15_000;
    this.#pollMs = options.pollMs ?? 5_000;
  }

  /** Starts the runners. `stop` ends them. */
  start(): void {
    this.#loops = this.#options.preparers.map((preparer) => this.#loop(preparer));
  }

  /**
   * Ends after the documents in work, and gives open jobs back, so that another process goes on at once. A document that
   * takes longer than 3 s is left: its job's lease ends by itself.
   */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    const { promise: waitedLongEnough, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.clock.schedule(stopMsMax, resolve);
    await Promise.race([Promise.all(this.#loops), waitedLongEnough]);
    cancel();
  }

  wake(): void {
    this.#wakeCount += 1;
    for (const sleeper of this.#sleepers) sleeper();
  }

  async follow(scope: Scope, jobId: string, options: FollowOptions): Promise<IndexJob | undefined> {
    const { clock, jobs } = this.#options;
    const end = clock.monotonicMs() + options.waitMs;
    for (;;) {
      const job = await jobs.find(scope, jobId);
      if (!job || isFinished(job.status) || options.signal.aborted || clock.monotonicMs() >= end) return job;
      options.onProgress(job);
      await this.#sleep(Math.min(followMs, end - clock.monotonicMs()));
    }
  }

  async #loop(preparer: DocumentPreparer): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const seen = this.#wakeCount;
      const isBusy = await this.#runNext(preparer);
      // Work may have been announced while the queue was looked at.
      if (!isBusy && seen === this.#wakeCount) await this.#sleep(this.#pollMs);
    }
  }

  /** Runs one job, if there is one. A failing store is logged and tried again after the poll time. */
  async #runNext(preparer: DocumentPreparer): Promise<boolean> {
    const { queue, owner, log } = this.#options;
    try {
      const job = await queue.claim(owner, this.#now(), this.#leaseEnd());
      if (!job) return false;
      log.info({ jobId: job.jobId, epoch: job.lease.epoch }, 'index_job.claimed');
      await this.#runJob(job, preparer);
      return true;
    } catch (error) {
      log.error({ err: error }, 'index_job.interrupted');
      return false;
    }
  }

  async #runJob(job: ClaimedJob, preparer: DocumentPreparer): Promise<void> {
    const { queue, log } = this.#options;
    const stopRenewing = this.#keepLease(job);
    try {
      const end = await this.#runItems(job, preparer);
      if (end === 'interrupted') await queue.release(job.lease);
      else if (end !== 'lease-lost') await queue.finish(job.lease, this.#now(), end);
      log.info({ jobId: job.jobId, end: typeof end === 'string' ? end : (end?.code ?? 'done') }, 'index_job.left');
    } finally {
      stopRenewing();
      // A followed job has moved on, and a job that waited behind this one may begin.
      this.wake();
    }
  }

  async #runItems(job: ClaimedJob, preparer: DocumentPreparer): Promise<JobEnd | undefined> {
    for (;;) {
      const items = await this.#options.queue.pending(job.lease, itemsPerPage);
      if (items.length === 0) return undefined;
      for (const item of items) {
        if (this.#stopping.signal.aborted) return 'interrupted';
        const end = await this.#runItem(job, item, preparer);
        if (end) return end;
      }
    }
  }

  async #runItem(job: ClaimedJob, item: JobItem, preparer: DocumentPreparer): Promise<JobEnd | undefined> {
    try {
      let result = await this.#storeItem(job, item, { preparer, isFresh: job.kind === 'rebuild' });
      // The fingerprint was that of a version which another job has replaced: compare with nothing.
      if (result === 'stale') result = await this.#storeItem(job, item, { preparer, isFresh: true });
      if (result === 'full') return collectionFull;
      return result === 'committed' || result === 'stale' ? undefined : result;
    } catch (error) {
      if (ServiceError.is(error) && error.code === 'AIML_STORE_FULL')
        return { code: error.code, reason: error.publicMessage };
      throw error;
    }
  }

  async #storeItem(
    job: ClaimedJob,
    item: JobItem,
    how: { readonly preparer: DocumentPreparer; readonly isFresh: boolean },
  ): Promise<CommitResult | 'interrupted'> {
    const { documents, source, queue } = this.#options;
    const outcome = await prepareItem({ documents, source, ...how }, job, item);
    // Threads end when the process does: what failed meanwhile says nothing about the document.
    if (outcome.kind === 'failed' && this.#stopping.signal.aborted) return 'interrupted';
    return queue.commit(job, item, { outcome, now: this.#now() });
  }

  /** Renews the lease three times in its span until the returned function is called. */
  #keepLease(job: ClaimedJob): () => void {
    const { clock, queue, log } = this.#options;
    const schedule = (): (() => void) =>
      clock.schedule(this.#leaseMs / 3, () => {
        queue
          .renew(job.lease, this.#leaseEnd())
          .catch((error: unknown) => log.warn({ err: error, jobId: job.jobId }, 'index_job.lease_not_renewed'));
        cancel = schedule();
      });
    let cancel = schedule();
    return () => cancel();
  }

  #now(): Date {
    return this.#options.clock.now();
  }

  #leaseEnd(): Date {
    return new Date(this.#now().getTime() + this.#leaseMs);
  }

  /** Waits until woken, at most `delayMs`. */
  async #sleep(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.clock.schedule(delayMs, resolve);
    this.#sleepers.add(resolve);
    await promise;
    this.#sleepers.delete(resolve);
    cancel();
  }
}
