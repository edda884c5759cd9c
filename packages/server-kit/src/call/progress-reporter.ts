import type { Clock } from '../runtime/clock.ts';
import type { RequestScope } from './request-scope.ts';

const INTERVAL_MS_MIN = 100;

/**
 * Sends progress of one request: strictly rising values, at most ten a second with the last one winning, and nothing
 * after `close` (03 P-06).
 */
export class ProgressReporter {
  readonly #scope: RequestScope;
  readonly #clock: Clock;
  #highest = Number.NEGATIVE_INFINITY;
  #sentAtMs = Number.NEGATIVE_INFINITY;
  #waiting: Readonly<Record<string, unknown>> | undefined;
  #cancelTimer: (() => void) | undefined;
  #closed = false;

  constructor(scope: RequestScope, clock: Clock) {
    this.#scope = scope;
    this.#clock = clock;
  }

  report(done: number, total: number | undefined, message: string | undefined): void {
    if (this.#closed || this.#scope.progressToken === undefined || !(done > this.#highest)) return;
    this.#highest = done;
    this.#waiting = {
      progressToken: this.#scope.progressToken,
      progress: done,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message }),
    };
    const waitMs = this.#sentAtMs + INTERVAL_MS_MIN - this.#clock.monotonicMs();
    if (waitMs <= 0) this.#flush();
    else this.#cancelTimer ??= this.#clock.schedule(waitMs, () => this.#flush());
  }

  /** Ends reporting; a value that still waits is dropped, because the result says more. */
  close(): void {
    this.#closed = true;
    this.#waiting = undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #flush(): void {
    this.#cancelTimer = undefined;
    const params = this.#waiting;
    if (params === undefined || this.#closed) return;
    this.#waiting = undefined;
    this.#sentAtMs = this.#clock.monotonicMs();
    this.#scope.notify('notifications/progress', params);
  }
}
