import { execFile } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { promisify } from 'node:util';
import { z } from 'zod';
import { benchRow, type BenchRow } from './bench-row.ts';

/** `bench/results.json` (09 V-83). */
export const benchResults = z.strictObject({
  /** Of the working tree; with `-dirty` when it held changes that are not committed. */
  commit: z.string(),
  node: z.string(),
  cpu: z.string(),
  cores: z.int(),
  /** Over the last minute of the run. */
  loadAverage: z.number(),
  rows: z.array(benchRow),
});
export type BenchResults = z.infer<typeof benchResults>;

/** Puts the rows of a run together with what they were measured on. */
export async function createResults(rows: readonly BenchRow[], folder: string): Promise<BenchResults> {
  const processors = cpus();
  return {
    commit: await readCommit(folder),
    node: process.version,
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    loadAverage: loadavg()[0] ?? 0,
    rows: [...rows],
  };
}

/** A tree that is not a clone, such as an unpacked archive, has no commit. */
async function readCommit(folder: string): Promise<string> {
  try {
    const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: folder });
    const commit = (await git('rev-parse', 'HEAD')).stdout.trim();
    const changes = (await git('status', '--porcelain')).stdout.trim();
    return changes === '' ? commit : `${commit}-dirty`;
  } catch {
    return 'unknown';
  }
}
