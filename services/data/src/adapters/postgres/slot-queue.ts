import { RateLimited, type Clock } from '@fairlead/server-kit/runtime';

/** How many calls may run at a time, and how long the others wait. */
export interface SlotQueueOptions {
  readonly slotsMax: number;
  /** Of these, most that one key may hold, so that one caller cannot take all (06 S-85). */
  readonly slotsPerKeyMax: number;
  readonly waitMsMax: number;
  readonly clock: Clock;
  /** Named in the answer when there is no slot. */
  readonly database: string;
}

interface Waiter {
  readonly key: string;
  grant(): void;
}

/** Hands out slots in the order of asking; whoever has all of its own lets others pass. */
export class SlotQueue {
  readonly #options: SlotQueueOptions;
  readonly #heldByKey = new Map<string, number>();
  readonly #waiters: Waiter[] = [];
  #held = 0;

  constructor(options: SlotQueueOptions) {
    this.#options = options;
  }

  /** Whether every slot is held. */
  get isFull(): boolean {
    return this.#held >= this.#options.slotsMax;
  }

  /**
   * Waits for a slot. The answer gives it back; call it once.
   *
   * @throws RateLimited `DATA_BUSY` after `waitMsMax`; the signal's reason when that is aborted.
   */
  async acquire(key: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#isFree(key)) return this.#hold(key);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter: Waiter = { key, grant: resolve };
    this.#waiters.push(waiter);
    const giveUp = (reason: unknown): void => {
      // Out of the line at once: a slot that is granted to somebody who has left would be lost.
      this.#forget(waiter);
      reject(reason);
    };
    const onAbort = (): void => giveUp(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const cancelTimer = this.#options.clock.schedule(this.#options.waitMsMax, () => giveUp(this.#busy()));
    try {
      await promise;
      return this.#release(key);
    } finally {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
    }
  }

  #isFree(key: string): boolean {
    return this.#held < this.#options.slotsMax && (this.#heldByKey.get(key) ?? 0) < this.#options.slotsPerKeyMax;
  }

  #hold(key: string): () => void {
    this.#count(key, 1);
    return this.#release(key);
  }

  #release(key: string): () => void {
    return () => {
      this.#count(key, -1);
      this.#grantNext();
    };
  }

  #count(key: string, change: 1 | -1): void {
    this.#held += change;
    const held = (this.#heldByKey.get(key) ?? 0) + change;
    if (held === 0) this.#heldByKey.delete(key);
    else this.#heldByKey.set(key, held);
  }

  #grantNext(): void {
    const next = this.#waiters.find((waiter) => this.#isFree(waiter.key));
    if (next === undefined) return;
    // Counted now, not when the waiter wakes up: in between, a newcomer would find the slot free.
    this.#count(next.key, 1);
    this.#forget(next);
    next.grant();
  }

  #forget(waiter: Waiter): void {
    const index = this.#waiters.indexOf(waiter);
    if (index !== -1) this.#waiters.splice(index, 1);
  }

  #busy(): RateLimited {
    const { database, waitMsMax } = this.#options;
    return new RateLimited('DATA_BUSY', {
      publicMessage: `All connections of the database "${database}" that you may use are busy. Wait for your other calls, then try again.`,
      details: { database, retryAfterMs: waitMsMax },
    });
  }
}
