import type { Clock } from '../runtime/clock.ts';

/** How the keys of one issuer are read. */
export interface KeySetCacheOptions<KeySet> {
  /** Reads the keys from their issuer. */
  readonly load: () => Promise<KeySet>;
  /** Told of each load that failed. */
  readonly onFailure: (error: unknown) => void;
  readonly clock: Clock;
}

const maxAgeMs = 10 * 60_000;
const staleMsMax = 60 * 60_000;
const unknownKeyWaitMs = 30_000;
/** While there is nothing to fall back on, an issuer that comes up a moment after us should be found soon. */
const emptyWaitMs = 1_000;

/**
 * The key set of one issuer (04 G-59): read on first use, again after 10 minutes, and for an unknown key id at most once
 * in 30 s. While the issuer is down the last good set serves for an hour.
 */
export class KeySetCache<KeySet> {
  readonly #options: KeySetCacheOptions<KeySet>;
  #held: { readonly keys: KeySet; readonly readAtMs: number } | undefined;
  #triedAtMs = Number.NEGATIVE_INFINITY;
  #loading: Promise<void> | undefined;

  constructor(options: KeySetCacheOptions<KeySet>) {
    this.#options = options;
  }

  /** The keys; undefined when they cannot be read. */
  async current(): Promise<KeySet | undefined> {
    if (this.#ageMs() >= maxAgeMs) await this.#loadUnlessTriedWithin(this.#held ? unknownKeyWaitMs : emptyWaitMs);
    return this.#ageMs() < staleMsMax ? this.#held?.keys : undefined;
  }

  /** The keys after another look at the issuer, for a token whose key id is not among the known ones. */
  async refreshed(): Promise<KeySet | undefined> {
    await this.#loadUnlessTriedWithin(unknownKeyWaitMs);
    return this.#held?.keys;
  }

  #ageMs(): number {
    return this.#held === undefined
      ? Number.POSITIVE_INFINITY
      : this.#options.clock.monotonicMs() - this.#held.readAtMs;
  }

  /** Calls that come while a load runs wait for that one. */
  async #loadUnlessTriedWithin(waitMs: number): Promise<void> {
    if (this.#loading === undefined && this.#options.clock.monotonicMs() - this.#triedAtMs < waitMs) return;
    this.#loading ??= this.#load();
    await this.#loading;
  }

  async #load(): Promise<void> {
    this.#triedAtMs = this.#options.clock.monotonicMs();
    try {
      const keys = await this.#options.load();
      this.#held = { keys, readAtMs: this.#options.clock.monotonicMs() };
    } catch (error) {
      this.#options.onFailure(error);
    } finally {
      this.#loading = undefined;
    }
  }
}
