import type { Clock } from '../runtime/clock.ts';
import { ServiceError } from '../runtime/errors/service-error.ts';
import type { Metrics } from '../runtime/metrics.ts';
import { outsideCallSeconds } from './outside-call-seconds.ts';
import { retry } from './retry.ts';
import { withTimeout } from './with-timeout.ts';

/** An outside system and how long and how often it is tried. */
export interface OutsideCallerOptions {
  /** Name of the outside system, such as `github`; a label of the metric. */
  readonly system: string;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Longest time of one attempt, in milliseconds. */
  readonly timeoutMs: number;
  /** How often a retryable call that failed is tried again. */
  readonly retries: number;
  /** From 0 up to 1, for the jitter of waits. Default `Math.random`. */
  readonly random?: () => number;
}

/** What one call may do and what ends it. */
export interface OutsideCallOptions {
  readonly signal: AbortSignal;
  /** Whether doing it twice does no harm: a read, or a write with an idempotency key. */
  readonly retryable: boolean;
}

/** Calls one outside system. */
export interface OutsideCaller {
  /**
   * Runs one call. `operation` is a fixed name such as `list_issues`, never a value of a caller; it becomes a label.
   *
   * @throws Timeout with code LIMIT_TIMEOUT; the signal's reason; what `run` throws.
   */
  call<Result>(
    operation: string,
    options: OutsideCallOptions,
    run: (signal: AbortSignal, attempt: number) => Promise<Result>,
  ): Promise<Result>;
}

const delaysMs = [50, 200];

/**
 * Creates the one way to an outside system: every attempt has a timeout, a signal, a retry decision and a metric (10
 * Y-24). Retries wait 50 and 200 ms with jitter (04 G-75).
 */
export function createOutsideCaller(options: OutsideCallerOptions): OutsideCaller {
  const { system, metrics, clock, timeoutMs, retries, random = Math.random } = options;
  const seconds = outsideCallSeconds(metrics);

  return {
    call(operation, { signal, retryable }, run) {
      const attemptOnce = async (attempt: number): ReturnType<typeof run> => {
        const startedMs = clock.monotonicMs();
        let outcome = 'ok';
        try {
          return await withTimeout((inner) => run(inner, attempt), { timeoutMs, clock, signal });
        } catch (error) {
          outcome = outcomeOf(error, signal);
          throw error;
        } finally {
          seconds.observe({ system, operation, outcome }, (clock.monotonicMs() - startedMs) / 1_000);
        }
      };
      return retry(attemptOnce, { attempts: retryable ? retries + 1 : 1, delaysMs, clock, signal, random });
    },
  };
}

/** Error codes come from our registry, so the label stays bounded. */
function outcomeOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'cancelled';
  return ServiceError.is(error) ? error.code : 'error';
}
