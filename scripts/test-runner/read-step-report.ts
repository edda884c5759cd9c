import { z } from 'zod';
import type { StepCounts } from './step-result.ts';

/**
 * What a step that is neither vitest nor a single check writes to the file named by `FAIRLEAD_STEP_REPORT`, so that its
 * parts are counted one by one.
 */
const stepReport = z.strictObject({
  passed: z.int().min(0),
  skipped: z.int().min(0),
  failures: z.array(z.strictObject({ name: z.string(), rerun: z.string() })),
});

/**
 * Reads the text of a step's own report.
 *
 * @throws SyntaxError or ZodError when the text is not such a report.
 */
export function readStepReport(text: string): StepCounts {
  return { ...stepReport.parse(JSON.parse(text)), slowest: [] };
}
