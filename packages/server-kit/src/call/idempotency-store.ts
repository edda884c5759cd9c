import type { Clock } from '../runtime/clock.ts';
import { Conflict, Unavailable } from '../runtime/errors/errors.ts';

const TTL_MS = 24 * 3_600_000;
const ENTRIES_MAX = 10_000;
const WAIT_MS_MAX = 10_000;

/** One guarded call. */
export interface IdempotentCall {
  /** Tenant, caller, tool and key in one text. */
  readonly key: string;
  readonly argumentsHash: string;
  run(): Promise<Record<string, unknown>>;
}

interface Entry {
  readonly argumentsHash: string;
  readonly outcome: Promise<Record<string, unknown>>;
  readonly expiresAtMs: number;
  settled: boolean;
}

/**
 * Remembers what was done under an idempotency key, in this process, for 24 hours (05 T-04). A call that failed is
 * forgotten, so that it can be tried again under the same key.
 */
export class IdempotencyStore {
  readonly #entries = new Map<string, Entry>();
  readonly #clock: Clock;
  readonly #conflictCode: string;

  constructor(options: { clock: Clock; serviceName: string }) {
    this.#clock = options.clock;
    this.#conflictCode = `${options.serviceName.toUpperCase().replaceAll('-', '_')}_IDEMPOTENCY_CONFLICT`;
  }

  /**
   * Runs a call once per key.
   *
   * @returns the output, and whether it was replayed.
   * @throws Conflict when the key was used with other arguments; Unavailable `CALL_IN_PROGRESS` when the first call
   * still runs after 10 s.
   */
  async once(call: IdempotentCall): Promise<{ output: Record<string, unknown>; replayed: boolean }> {
    const known = this.#entries.get(call.key);
    if (known === undefined || known.expiresAtMs <= this.#nowMs())
      return { output: await this.#start(call), replayed: false };
    if (known.argumentsHash !== call.argumentsHash) throw this.#conflict();
    return { output: await this.#waitFor(known), replayed: true };
  }

  async #start(call: IdempotentCall): Promise<Record<string, unknown>> {
    const outcome = call.run();
    const entry: Entry = {
      argumentsHash: call.argumentsHash,
      outcome,
      expiresAtMs: this.#nowMs() + TTL_MS,
      settled: false,
    };
    this.#entries.delete(call.key);
    this.#entries.set(call.key, entry);
    this.#trim();
    try {
      return await outcome;
    } catch (error) {
      if (this.#entries.get(call.key) === entry) this.#entries.delete(call.key);
      throw error;
    } finally {
      entry.settled = true;
    }
  }

  async #waitFor(entry: Entry): Promise<Record<string, unknown>> {
    if (entry.settled) return entry.outcome;
    const { promise, reject } = Promise.withResolvers<never>();
    const cancel = this.#clock.schedule(WAIT_MS_MAX, () => reject(inProgress()));
    try {
      return await Promise.race([entry.outcome, promise]);
    } finally {
      cancel();
    }
  }

  /** Entries are in order of their start, so the oldest settled ones go first; a running one is never dropped. */
  #trim(): void {
    const nowMs = this.#nowMs();
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= ENTRIES_MAX && entry.expiresAtMs > nowMs) return;
      if (entry.settled) this.#entries.delete(key);
    }
  }

  #nowMs(): number {
    return this.#clock.now().getTime();
  }

  #conflict(): Conflict {
    return new Conflict(this.#conflictCode, {
      publicMessage: 'This idempotency_key was used with other arguments.',
      fix: 'Use a new key for a new call, or repeat the first call unchanged.',
    });
  }
}

function inProgress(): Unavailable {
  return new Unavailable('CALL_IN_PROGRESS', {
    publicMessage: 'The first call with this idempotency_key still runs.',
    fix: 'Wait, then call again with the same key and arguments.',
    details: { retryAfterMs: WAIT_MS_MAX },
  });
}
