import { delay, isTransient, retry, type OutsideCaller } from '@fairlead/server-kit/resilience';
import { ServiceError, type Clock } from '@fairlead/server-kit/runtime';
import { createSlots } from './slots.ts';
import type { AfterFailure, UpstreamErrors } from './upstream-errors.ts';

/** What one outside system is called through. */
export interface UpstreamOptions {
  /** Gives each attempt its time limit and its metric. */
  readonly caller: OutsideCaller;
  readonly errors: UpstreamErrors;
  readonly clock: Clock;
  /** Most requests that are open at once. */
  readonly concurrency: number;
}

/** One request. Throws one of ours, or whatever the client of the system throws. */
type UpstreamRequest<Result> = (signal: AbortSignal) => Promise<Result>;

/**
 * The way to one outside system. Waits its turn, keeps the time limit, and waits out a short rate limit once (06 §7).
 * `operation` is a fixed name: it becomes a label of the metric.
 */
export interface Upstream {
  /** Runs a request that changes nothing; tried up to three times while the system is down. */
  read<Result>(operation: string, signal: AbortSignal, request: UpstreamRequest<Result>): Promise<Result>;
  /** Runs a request that changes something; never sent twice, but for a rate limit, which refuses before it acts. */
  change<Result>(operation: string, signal: AbortSignal, request: UpstreamRequest<Result>): Promise<Result>;
}

const attempts = 3;
const retryDelaysMs = [250, 1_000];

/** A longer wait is the caller's to decide: it gets the seconds instead (06 §7). */
const limitWaitSecondsMax = 10;

/** Makes the way to one outside system. */
export function createUpstream({ caller, errors, clock, concurrency }: UpstreamOptions): Upstream {
  const slots = createSlots(concurrency);

  async function attempt<Result>(call: Call<Result>, after: AfterFailure): Promise<Result> {
    const { operation, signal, request } = call;
    try {
      return await slots.use(signal, () => caller.call(operation, { signal, retryable: false }, request));
    } catch (error) {
      if (ServiceError.is(error) && error.code === 'LIMIT_TIMEOUT') throw errors.timedOut(after, error);
      throw error;
    }
  }

  async function attemptWithinLimits<Result>(call: Call<Result>, after: AfterFailure): Promise<Result> {
    try {
      return await attempt(call, after);
    } catch (error) {
      const seconds = shortLimitSeconds(error);
      if (seconds === undefined) throw error;
      await delay(seconds * 1_000, { clock, signal: call.signal });
      return attempt(call, after);
    }
  }

  return {
    read: (operation, signal, request) =>
      retry(() => attemptWithinLimits({ operation, signal, request }, 'unchanged'), {
        attempts,
        delaysMs: retryDelaysMs,
        clock,
        signal,
        isRetryable: isDown,
      }),
    change: (operation, signal, request) => attemptWithinLimits({ operation, signal, request }, 'maybe_changed'),
  };
}

interface Call<Result> {
  readonly operation: string;
  readonly signal: AbortSignal;
  readonly request: UpstreamRequest<Result>;
}

/** A request that ran into its time limit is not tried again: the tool's own time limit would cut the second try. */
function isDown(error: unknown): boolean {
  return isTransient(error) && ServiceError.is(error) && error.code === 'UPSTREAM_DOWN';
}

function shortLimitSeconds(error: unknown): number | undefined {
  if (!ServiceError.is(error) || error.code !== 'UPSTREAM_RATE_LIMITED') return undefined;
  const seconds = error.details['retry_after_s'];
  return typeof seconds === 'number' && seconds <= limitWaitSecondsMax ? seconds : undefined;
}
