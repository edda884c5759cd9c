import type { LimitRule } from './limit-rule.ts';
import { TokenBucket } from './token-bucket.ts';

/** What a rule knows of one key. */
export interface LimitState {
  readonly bucket: TokenBucket;
  /** Calls let through and not yet released. Counted for `concurrency` rules only. */
  inFlight: number;
}

/** How many keys each look-up checks for being idle: more than the one it may add, so the map shrinks under any load. */
const sweptPerLookup = 2;

/**
 * The keys of one rule, in bounded memory.
 *
 * Idle keys are dropped a few at a time during look-ups, so no call pays for a full sweep and no timer is needed.
 */
export class LimitStates {
  readonly #rule: LimitRule;
  readonly #keysMax: number;
  readonly #states = new Map<string, LimitState>();
  #sweep = this.#states.entries();

  constructor(rule: LimitRule, keysMax: number) {
    this.#rule = rule;
    this.#keysMax = keysMax;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#states.size;
  }

  /** The state of a key; a new one has a full bucket. */
  of(key: string, nowMs: number): LimitState {
    this.#dropIdle(nowMs);
    const known = this.#states.get(key);
    if (known) return known;
    if (this.#states.size >= this.#keysMax) this.#dropOldest();
    const state = { bucket: new TokenBucket(this.#rule, nowMs), inFlight: 0 };
    this.#states.set(key, state);
    return state;
  }

  #dropIdle(nowMs: number): void {
    for (let swept = 0; swept < sweptPerLookup; swept += 1) {
      const { done, value } = this.#sweep.next();
      if (done) {
        this.#sweep = this.#states.entries();
        return;
      }
      const [key, state] = value;
      if (state.inFlight === 0 && state.bucket.isFull(nowMs)) this.#states.delete(key);
    }
  }

  #dropOldest(): void {
    for (const [key, { inFlight }] of this.#states) {
      if (inFlight > 0) continue;
      this.#states.delete(key);
      return;
    }
  }
}
