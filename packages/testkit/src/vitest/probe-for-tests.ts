import { appendFile } from 'node:fs/promises';
import { probePart, type PartName, type PartProbe } from '../parts/probe.ts';

/**
 * Probes a part for a test file that skips without it, and writes the skip down for the summary of `npm test` (09 V-03):
 * `test.skipIf(!part.isHere)(...)`.
 *
 * @param tests how many tests of the file need the part.
 * @throws Unavailable `PART_MISSING` when `FAIRLEAD_REQUIRE` names the part.
 */
export async function probeForTests(name: PartName, tests: number): Promise<PartProbe> {
  const probe = await probePart(name, { env: process.env });
  const skipLog = process.env['FAIRLEAD_SKIP_LOG'];
  if (!probe.isHere && skipLog !== undefined) {
    await appendFile(skipLog, `${JSON.stringify({ part: name, reason: probe.reason, mend: probe.mend, tests })}\n`);
  }
  return probe;
}
