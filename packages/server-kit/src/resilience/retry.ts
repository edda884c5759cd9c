import type { Clock } from '../runtime/clock.ts';
import { ServiceError } from '../runtime/errors/service-error.ts';
import { delay } from './delay.ts';

/** How often, how soon and after which errors an action is tried again. */
export interface RetryOptions {
  /** Most times that the action runs, the first one included. At least 1. */
  readonly attempts: number;
  /** Waits before the second, third, ... attempt, in milliseconds; the last one serves all that follow. */
  readonly delaysMs: readonly number[];
  readonly clock: Clock;
  /** Share of a wait that is random, from 0 to 1: with 0.5 a wait of 200 ms is 100 to 200 ms. Default 0.5. */
  readonly jitter?: number;
  /** From 0 up to 1. Default `Math.random`. */
  readonly random?: () => number;
  /** Whether the same action may work when tried again. Default: `isTransient`. */
  readonly isRetryable?: (error: unknown) => boolean;
  /** Ends the waiting, and with it the attempts. */
  readonly signal?: AbortSignal;
}

/**
 * Runs an action again when it failed in a way that may pass. The caller answers for the action being safe to repeat.
 *
 * @throws The last error of the action; the signal's reason.
 */
export async function retry<Result>(
  action: (attempt: number) => Promise<Result>,
  options: RetryOptions,
): Promise<Result> {
  const { attempts, isRetryable = isTransient, signal, clock } = options;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await action(attempt);
    } catch (error) {
      if (attempt >= attempts || signal?.aborted || !isRetryable(error)) throw error;
    }
    await delay(waitMs(attempt, options), signal === undefined ? { clock } : { clock, signal });
  }
}

/** Whether an error is one of ours that says so: down or timed out. Not a rate limit, which asks for a longer wait than a retry's. */
export function isTransient(error: unknown): boolean {
  return ServiceError.is(error) && error.retryable && error.status !== 429;
}

function waitMs(attempt: number, { delaysMs, jitter = 0.5, random = Math.random }: RetryOptions): number {
  const fullMs = delaysMs[attempt - 1] ?? delaysMs.at(-1) ?? 0;
  return fullMs * (1 - jitter * random());
}
