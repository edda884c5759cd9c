import type { Rate } from './parse-rate.ts';

/** What all buckets of one rule share: how fast tokens come back, and how many fit. */
export interface BucketRule extends Rate {
  /** Most tokens that a bucket holds, and what a new one starts with. At least 1. */
  readonly burst: number;
}

/**
 * A token bucket: lets `burst` calls through at once and refills at a steady rate.
 *
 * Time is passed in as monotonic milliseconds, so a jump of the wall clock gives nothing away. A step back counts as no
 * time passed.
 */
export class TokenBucket {
  readonly #rule: BucketRule;
  /** Tokens times `perMs`: whole milliseconds then add up to whole numbers, and no rounding gathers. */
  #credit: number;
  #refilledAtMs: number;

  constructor(rule: BucketRule, nowMs: number) {
    this.#rule = rule;
    this.#credit = rule.burst * rule.perMs;
    this.#refilledAtMs = nowMs;
  }

  /** Milliseconds until a token is there, rounded up; 0 when one is there now. Takes nothing. */
  waitMs(nowMs: number): number {
    this.#refill(nowMs);
    const missing = this.#rule.perMs - this.#credit;
    return missing <= 0 ? 0 : Math.ceil(missing / this.#rule.count);
  }

  /** Takes one token. Call it only after `waitMs` was 0 at the same time: the two are apart so that several rules can agree first. */
  take(): void {
    this.#credit -= this.#rule.perMs;
  }

  /** Whether the bucket says no more than a new one would, so that it can be dropped. */
  isFull(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#credit >= this.#rule.burst * this.#rule.perMs;
  }

  #refill(nowMs: number): void {
    const elapsedMs = nowMs - this.#refilledAtMs;
    if (elapsedMs <= 0) return;
    this.#credit = Math.min(this.#rule.burst * this.#rule.perMs, this.#credit + elapsedMs * this.#rule.count);
    this.#refilledAtMs = nowMs;
  }
}
