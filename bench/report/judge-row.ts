import type { BenchRow } from './bench-row.ts';
import { definitionOf } from './row-definitions.ts';

/** Whether a row keeps to its target. `not judged`: it has none, or its ratio could not be made (the baseline was lost in noise). */
export type Verdict = 'holds' | 'does not hold' | 'not judged';

/** Judges a row by its target. A row with two bounds must keep to both. */
export function judgeRow({ name, value, ratio }: BenchRow): Verdict {
  const target = definitionOf(name)?.target;
  if (target === undefined) return 'not judged';
  const { valueMax, ratioMax } = target;
  if (ratioMax !== undefined && ratio === undefined) return 'not judged';
  const isKept = (valueMax === undefined || value <= valueMax) && (ratioMax === undefined || (ratio ?? 0) <= ratioMax);
  return isKept ? 'holds' : 'does not hold';
}
