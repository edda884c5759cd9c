import type { Clock } from '../runtime/clock.ts';
import { Timeout } from '../runtime/errors/errors.ts';

/** The time that an action has. */
export interface WithTimeoutOptions {
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Aborts the action from outside. */
  readonly signal?: AbortSignal;
}

/**
 * Runs an action that has to end within `timeoutMs` milliseconds. Its signal aborts when the time is over or the outer
 * signal aborts, and the result rejects at once, even when the action does not listen.
 *
 * @throws Timeout with code LIMIT_TIMEOUT; the outer signal's reason; what the action throws.
 */
export async function withTimeout<Result>(
  action: (signal: AbortSignal) => Promise<Result>,
  { timeoutMs, clock, signal: outer }: WithTimeoutOptions,
): Promise<Result> {
  outer?.throwIfAborted();
  const inner = new AbortController();
  const forwardAbort = (): void => inner.abort(outer?.reason);
  const cancelTimer = clock.schedule(timeoutMs, () => inner.abort(timedOut(timeoutMs)));
  outer?.addEventListener('abort', forwardAbort, { once: true });
  try {
    return await Promise.race([rejectWhenAborted(inner.signal), action(inner.signal)]);
  } finally {
    cancelTimer();
    outer?.removeEventListener('abort', forwardAbort);
  }
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function timedOut(timeoutMs: number): Timeout {
  return new Timeout('LIMIT_TIMEOUT', {
    publicMessage: `No answer within ${timeoutMs} ms. Try again, or ask for less at a time.`,
    details: { timeoutMs },
  });
}
