import type { BenchRow } from '../report/bench-row.ts';

/** What an area measured. */
export interface AreaReport {
  readonly rows: readonly BenchRow[];
  /** What was left out, why, and how to have it. */
  readonly leftOut: readonly string[];
}

/** Marks rows with the reasons why they are not to be relied on, if there are any. */
export function markNoisy(rows: readonly BenchRow[], reasons: readonly string[]): readonly BenchRow[] {
  return reasons.length === 0 ? rows : rows.map((row) => ({ ...row, noisy: reasons.join(', ') }));
}
