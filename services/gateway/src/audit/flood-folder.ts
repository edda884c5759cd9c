import type { Clock } from '@fairlead/server-kit/runtime';
import type { AuditEntry } from './audit-entry.ts';

/** Refusals of one source for one reason within this time are one record (04 G-67). */
const FOLD_MS = 1_000;
/** Most sources that are folded at a time; beyond it each refusal is its own record. */
const SOURCES_MAX = 10_000;

interface Fold {
  readonly last: AuditEntry;
  readonly count: number;
}

/**
 * Folds floods of refusals. The first of a source is written at once; those that follow within a second become one
 * record with their count.
 */
export class FloodFolder {
  readonly #clock: Clock;
  readonly #write: (entry: AuditEntry, count?: number) => void;
  readonly #folds = new Map<string, Fold | undefined>();

  constructor(clock: Clock, write: (entry: AuditEntry, count?: number) => void) {
    this.#clock = clock;
    this.#write = write;
  }

  add(entry: AuditEntry): void {
    const key = sourceOf(entry);
    if (this.#folds.has(key)) {
      this.#folds.set(key, { last: entry, count: (this.#folds.get(key)?.count ?? 0) + 1 });
      return;
    }
    this.#write(entry);
    if (this.#folds.size >= SOURCES_MAX) return;
    this.#folds.set(key, undefined);
    this.#clock.schedule(FOLD_MS, () => this.#close(key));
  }

  /** Writes what is folded; at the end of the process. */
  flush(): void {
    for (const key of this.#folds.keys()) this.#close(key);
  }

  #close(key: string): void {
    const fold = this.#folds.get(key);
    this.#folds.delete(key);
    if (fold !== undefined) this.#write(fold.last, fold.count);
  }
}

function sourceOf({ address, principal, method, tool, code }: AuditEntry): string {
  return JSON.stringify([address, principal?.sub, principal?.keyId, method, tool, code]);
}
