import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { backends, lanes, revisions, type Cell } from './cells.ts';

/** Scenarios, or single checks as `<scenario>:<check>`, that are expected to fail in some cells, and why. */
const entry = z.strictObject({
  reason: z.string().min(20),
  lanes: z.array(z.enum(lanes)).min(1),
  revision: z.enum(revisions),
  backend: z.enum(backends),
  scenarios: z.array(z.string()).min(1),
});
export type BaselineEntry = z.infer<typeof entry>;

/** Reads the one baseline file of all cells. */
export async function readBaseline(): Promise<readonly BaselineEntry[]> {
  const file = fileURLToPath(new URL('baseline.yaml', import.meta.url));
  return z.array(entry).parse(parse(await readFile(file, 'utf8')));
}

/** What is expected to fail in a cell. */
export function expectedFailures(baseline: readonly BaselineEntry[], cell: Cell): readonly string[] {
  return baseline
    .filter(
      ({ lanes: where, revision, backend }) =>
        where.includes(cell.lane) && revision === cell.revision && backend === cell.backend,
    )
    .flatMap(({ scenarios }) => scenarios);
}
