import type { Clock } from '@fairlead/server-kit/runtime';

/** Most ended ids that are remembered; the longest ended is forgotten first. */
const ENDED_MAX = 100_000;

/** Ids that were ended before they expired: what is sealed in them would open still. */
export class EndedIds {
  readonly #clock: Clock;
  readonly #ttlMs: number;
  /** When each would have expired anyway, in the order of their ends. */
  readonly #expiresMs = new Map<string, number>();

  constructor(clock: Clock, ttlMs: number) {
    this.#clock = clock;
    this.#ttlMs = ttlMs;
  }

  has(id: string): boolean {
    return this.#expiresMs.has(id);
  }

  add(id: string): void {
    const nowMs = this.#clock.monotonicMs();
    for (const [known, expiresMs] of this.#expiresMs) {
      if (expiresMs > nowMs && this.#expiresMs.size < ENDED_MAX) break;
      this.#expiresMs.delete(known);
    }
    this.#expiresMs.set(id, nowMs + this.#ttlMs);
  }
}
