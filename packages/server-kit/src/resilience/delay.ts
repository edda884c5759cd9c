import type { Clock } from '../runtime/clock.ts';

/** Whose time is waited for, and what ends the wait early. */
export interface DelayOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Waits `delayMs` milliseconds by the clock. The wait alone does not keep a process alive.
 *
 * @throws The signal's reason, as soon as it aborts.
 */
export function delay(delayMs: number, { clock, signal }: DelayOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const cancel = clock.schedule(delayMs, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    function abort(): void {
      cancel();
      reject(signal?.reason);
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}
