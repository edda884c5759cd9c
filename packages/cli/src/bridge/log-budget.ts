import type { Clock } from '@fairlead/server-kit/runtime';

const windowMs = 1_000;

/** How many lines of the server may go to the log: a number a second. What is above it is counted and told once. */
export class LogBudget {
  readonly #clock: Clock;
  readonly #linesPerSecond: number;
  readonly #onDropped: (lines: number) => void;
  #windowStartMs: number;
  #used = 0;

  constructor(clock: Clock, linesPerSecond: number, onDropped: (lines: number) => void) {
    this.#clock = clock;
    this.#linesPerSecond = linesPerSecond;
    this.#onDropped = onDropped;
    this.#windowStartMs = clock.monotonicMs();
  }

  /** Counts one line, and says whether it may be written. */
  take(): boolean {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#windowStartMs >= windowMs) {
      const dropped = this.#used - this.#linesPerSecond;
      if (dropped > 0) this.#onDropped(dropped);
      this.#windowStartMs = nowMs;
      this.#used = 0;
    }
    this.#used += 1;
    return this.#used <= this.#linesPerSecond;
  }
}
