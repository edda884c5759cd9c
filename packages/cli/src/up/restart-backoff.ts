import type { Clock } from '@fairlead/server-kit/runtime';

const firstDelayMs = 500;
const delayMsMax = 30_000;
/** A part that ran this long begins with the shortest delay again. */
const healthyAfterMs = 60_000;

/** How long to wait before a part that died is started again: 0.5 s, doubling to 30 s (01 §3). */
export class RestartBackoff {
  readonly #clock: Clock;
  #startedMs: number;
  #nextMs = firstDelayMs;

  /** Counts the part as started now. */
  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedMs = clock.monotonicMs();
  }

  /** The part was started again. */
  started(): void {
    this.#startedMs = this.#clock.monotonicMs();
  }

  /** The part ended: milliseconds to wait. */
  next(): number {
    if (this.#clock.monotonicMs() - this.#startedMs >= healthyAfterMs) this.#nextMs = firstDelayMs;
    const delayMs = this.#nextMs;
    this.#nextMs = Math.min(delayMs * 2, delayMsMax);
    return delayMs;
  }
}
