import { z } from 'zod';

/**
 * One line of the file named by `FAIRLEAD_SKIP_LOG`: tests that did not run because a part is missing. Whoever probes a
 * part appends one line of JSON per test file that had to skip.
 */
const skipLine = z.strictObject({
  /** Short name of the part: `redis`. */
  part: z.string().min(1),
  /** What the probe saw: `redis-server not found on PATH`. */
  reason: z.string().min(1),
  /** How to have the part: `apt-get install redis-server, or set REDIS_URL`. */
  mend: z.string(),
  /** How many tests this line stands for. */
  tests: z.int().min(0),
});

/** A missing part, with all tests that it kept from running. */
export type SkippedPart = Readonly<z.infer<typeof skipLine>>;

/**
 * Adds up the lines of a skip log by part, in order of name. The first line of a part gives its reason and mend.
 *
 * @throws SyntaxError or ZodError when a line has another shape: a skip that nobody hears of is a defect.
 */
export function readSkipLog(text: string): readonly SkippedPart[] {
  const parts = new Map<string, SkippedPart>();
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const skip = skipLine.parse(JSON.parse(line));
    const before = parts.get(skip.part);
    parts.set(skip.part, before === undefined ? skip : { ...before, tests: before.tests + skip.tests });
  }
  return [...parts.values()].toSorted((a, b) => a.part.localeCompare(b.part, 'en'));
}
