import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../src/runtime/clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly action: () => void;
}

/** A clock that stands still until a test moves it. Wall clock and monotonic time start at a fixed moment. */
export class FakeClock implements Clock {
  #wallMs: number;
  #elapsedMs = 0;
  readonly #timers = new Set<Timer>();

  constructor(start = '2026-11-20T20:00:00.000Z') {
    this.#wallMs = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#wallMs);
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  schedule(delayMs: number, action: () => void): () => void {
    const timer = { dueMs: this.#elapsedMs + delayMs, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How many actions wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves time and runs what becomes due, in order. */
  advance(ms: number): void {
    const endMs = this.#elapsedMs + ms;
    for (let timer = this.#nextDue(endMs); timer !== undefined; timer = this.#nextDue(endMs)) {
      this.#moveTo(timer.dueMs);
      this.#timers.delete(timer);
      timer.action();
    }
    this.#moveTo(endMs);
  }

  /** As `advance`, and gives every pending promise its turn before each action. For code that waits, acts and waits again. */
  async elapse(ms: number): Promise<void> {
    const endMs = this.#elapsedMs + ms;
    await nextTurn();
    for (let timer = this.#nextDue(endMs); timer !== undefined; timer = this.#nextDue(endMs)) {
      this.advance(timer.dueMs - this.#elapsedMs);
      await nextTurn();
    }
    this.#moveTo(endMs);
  }

  /** Moves the time of day alone, as a correction of the host's clock does. */
  jumpWallClock(ms: number): void {
    this.#wallMs += ms;
  }

  #nextDue(endMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueMs <= endMs && (next === undefined || timer.dueMs < next.dueMs)) next = timer;
    }
    return next;
  }

  #moveTo(elapsedMs: number): void {
    this.#wallMs += elapsedMs - this.#elapsedMs;
    this.#elapsedMs = elapsedMs;
  }
}
