import type { Clock } from '../runtime/clock.ts';

const KEPT_MS = 610_000;
const COUNT_MAX = 50_000;

/** Remembers which states were used, for a little longer than they live, so that each opens once (03 P-13). */
export class SpentStates {
  readonly #spentAtMs = new Map<string, number>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Marks a state as used. `false` when it was used before. */
  spend(nonce: string): boolean {
    this.#forgetOld();
    if (this.#spentAtMs.has(nonce)) return false;
    this.#spentAtMs.set(nonce, this.#clock.monotonicMs());
    return true;
  }

  /** Entries are in order of their use, so the old ones stand first. */
  #forgetOld(): void {
    const oldestMs = this.#clock.monotonicMs() - KEPT_MS;
    for (const [nonce, atMs] of this.#spentAtMs) {
      if (atMs >= oldestMs && this.#spentAtMs.size < COUNT_MAX) return;
      this.#spentAtMs.delete(nonce);
    }
  }
}
