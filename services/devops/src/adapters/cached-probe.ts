import { withTimeout } from '@fairlead/server-kit/resilience';
import type { Clock } from '@fairlead/server-kit/runtime';

/** What a cached probe is made of. */
export interface CachedProbeOptions {
  /** Asks the system. Rejects only with its signal's reason. */
  readonly ask: (signal: AbortSignal) => Promise<boolean>;
  readonly clock: Clock;
  /** How long `yes` holds, in milliseconds. */
  readonly holdsMs: number;
  /** How long `no` holds, in milliseconds: shorter, so that a system that is back is seen soon. */
  readonly failureHoldsMs: number;
  /** Longest time to ask, in milliseconds. */
  readonly timeoutMs: number;
}

/** Whether a system answers. Callers at the same time share one question. */
export type Probe = () => Promise<boolean>;

/**
 * Makes a probe whose answer holds for a while: health is asked for every few seconds, and each question costs the
 * outside system a request. A question that takes too long counts as `no`.
 */
export function createCachedProbe(options: CachedProbeOptions): Probe {
  const { ask, clock, holdsMs, failureHoldsMs, timeoutMs } = options;
  let answer: Promise<boolean> | undefined;
  let untilMs = 0;

  async function askNow(): Promise<boolean> {
    untilMs = Number.POSITIVE_INFINITY;
    const isUp = await withTimeout(ask, { timeoutMs, clock }).catch(() => false);
    untilMs = clock.monotonicMs() + (isUp ? holdsMs : failureHoldsMs);
    return isUp;
  }

  return function probe() {
    if (answer === undefined || clock.monotonicMs() >= untilMs) answer = askNow();
    return answer;
  };
}
