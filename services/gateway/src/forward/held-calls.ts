import { randomUUID } from 'node:crypto';
import type { Clock } from '@fairlead/server-kit/runtime';

/** How long a call waits for its client to come back (03 §3). */
export const HOLD_MS_MAX = 10 * 60_000;
const PER_CALLER_MAX = 16;
const PER_REPLICA_MAX = 256;

interface Held<Call> {
  readonly call: Call;
  readonly caller: string;
  readonly cancelExpiry: () => void;
}

/**
 * Calls that wait at their servers while their clients are asked. They are on this replica alone; a client that comes back
 * to another one is told to call again, and nothing runs twice.
 */
export class HeldCalls<Call extends { drop(): void }> {
  readonly #clock: Clock;
  readonly #held = new Map<string, Held<Call>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps a call. Answers the key by which it is taken up again; undefined when the caller or the replica has too many. */
  hold(caller: string, call: Call): string | undefined {
    if (this.#held.size >= PER_REPLICA_MAX || this.#countOf(caller) >= PER_CALLER_MAX) return undefined;
    const key = randomUUID();
    const cancelExpiry = this.#clock.schedule(HOLD_MS_MAX, () => this.take(key)?.drop());
    this.#held.set(key, { call, caller, cancelExpiry });
    return key;
  }

  /** Takes a call up again, once; undefined when it is not here any more. */
  take(key: string): Call | undefined {
    const held = this.#held.get(key);
    this.#held.delete(key);
    held?.cancelExpiry();
    return held?.call;
  }

  /** Gives all up. */
  close(): void {
    for (const key of this.#held.keys()) this.take(key)?.drop();
  }

  #countOf(caller: string): number {
    let count = 0;
    for (const held of this.#held.values()) if (held.caller === caller) count += 1;
    return count;
  }
}
