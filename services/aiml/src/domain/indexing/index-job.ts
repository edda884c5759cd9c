/** Where a job stands (07 A-13). */
export const jobStatuses = ['queued', 'running', 'succeeded', 'partial', 'failed'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** A job as it is stored. Times are milliseconds since 1970. */
export interface IndexJob {
  readonly id: string;
  readonly status: JobStatus;
  readonly collection: string;
  readonly documents: {
    readonly total: number;
    readonly done: number;
    readonly skipped: number;
    readonly failed: number;
  };
  readonly chunks: { readonly embedded: number; readonly reused: number; readonly deleted: number };
  readonly startedAt: Date | undefined;
  readonly finishedAt: Date | undefined;
  /** Why the whole job stopped, when it failed. */
  readonly failure: JobFailure | undefined;
}

/** A code of the service's registry and a sentence for the caller. */
export interface JobFailure {
  readonly code: string;
  readonly reason: string;
}

/** A document that could not be indexed. */
export interface ItemError extends JobFailure {
  readonly uri: string;
}

/** Most errors that a job keeps; all are counted (07 A-14). */
export const itemErrorsMax = 1_000;

/** How fast a job is and how long it still takes. */
export interface JobPace {
  /** Chunks a second, embedded and kept, since the job began. */
  readonly rate: number;
  /** Seconds; absent before the first document and after the last. */
  readonly etaSeconds: number | undefined;
}

/** Works the pace of a job out of its counts. */
export function paceOf(job: IndexJob, now: Date): JobPace {
  if (!job.startedAt) return { rate: 0, etaSeconds: undefined };
  const seconds = Math.max(0.001, ((job.finishedAt ?? now).getTime() - job.startedAt.getTime()) / 1_000);
  const { total, done, skipped, failed } = job.documents;
  const finished = done + skipped + failed;
  const isOpen = job.status === 'running' && finished > 0 && finished < total;
  return {
    rate: Math.round(((job.chunks.embedded + job.chunks.reused) / seconds) * 10) / 10,
    etaSeconds: isOpen ? Math.ceil((seconds / finished) * (total - finished)) : undefined,
  };
}

/** Whether a job has come to its end. */
export function isFinished(status: JobStatus): boolean {
  return status !== 'queued' && status !== 'running';
}
