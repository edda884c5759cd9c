import type { Principal } from '@fairlead/contracts';

/** A principal and how long it may be taken for verified. */
export interface VerifiedEntry {
  readonly principal: Principal;
  /** The key store's epoch when the verification began: a change since then makes the entry worthless. */
  readonly epoch: number;
  /** Milliseconds since 1970. */
  readonly untilMs: number;
}

/**
 * Principals by digest of their token (04 G-60), in bounded memory.
 *
 * Two generations: when the young one is full it becomes the old one, and what was in the old one and was not used since
 * is gone. A look-up costs two map reads at most and there is no list to keep in order.
 */
export class VerifiedTokens {
  readonly #generationMax: number;
  #young = new Map<string, VerifiedEntry>();
  #old = new Map<string, VerifiedEntry>();

  /** Holds at most `sizeMax` entries, and at least half as many of the last used ones. */
  constructor(sizeMax: number) {
    this.#generationMax = Math.max(1, Math.floor(sizeMax / 2));
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  find(digest: string, epoch: number, nowMs: number): Principal | undefined {
    const young = this.#young.get(digest);
    const entry = young ?? this.#old.get(digest);
    if (entry === undefined) return undefined;
    if (entry.epoch !== epoch || entry.untilMs <= nowMs) {
      this.#young.delete(digest);
      this.#old.delete(digest);
      return undefined;
    }
    if (young === undefined) this.add(digest, entry);
    return entry.principal;
  }

  add(digest: string, entry: VerifiedEntry): void {
    if (this.#young.size >= this.#generationMax) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(digest, entry);
  }
}
