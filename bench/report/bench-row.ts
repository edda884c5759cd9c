import { z } from 'zod';
import { median } from '../measure/median.ts';
import { rowDefinitions, type RowName } from './row-definitions.ts';

/** One number of a run, as `results.json` holds it (09 V-83). */
export const benchRow = z.strictObject({
  name: z.string(),
  unit: z.string(),
  /** The median of the samples. */
  value: z.number(),
  /** The baseline's median in the same run and unit. */
  baseline: z.number().optional(),
  /** `value` divided by `baseline`; absent where the baseline is not above 0. */
  ratio: z.number().optional(),
  /** The value of each round. */
  samples: z.array(z.number()).min(1),
  spread: z.strictObject({ min: z.number(), max: z.number() }),
  /** Why the number is not to be relied on; absent when it is (09 V-82). */
  noisy: z.string().optional(),
});
export type BenchRow = z.infer<typeof benchRow>;

/** What was measured for a row: one number per round, and the same of its baseline. */
export interface RowSamples {
  readonly name: RowName;
  readonly samples: readonly number[];
  readonly baseline?: readonly number[];
}

/** Makes a row from its samples. */
export function createRow({ name, samples, baseline }: RowSamples): BenchRow {
  const value = median(samples);
  return {
    name,
    unit: rowDefinitions[name].unit,
    value,
    ...(baseline === undefined ? {} : compared(value, median(baseline))),
    samples: [...samples],
    spread: { min: Math.min(...samples), max: Math.max(...samples) },
  };
}

function compared(value: number, baseline: number): Pick<BenchRow, 'baseline' | 'ratio'> {
  // What a proxy adds to a fast call can be lost in the noise of the call; no ratio to that means anything.
  return baseline > 0 ? { baseline, ratio: value / baseline } : { baseline };
}
