import { readdirSync, readFileSync } from 'node:fs';
import { parseProcessStat, type ProcessStat } from './process-stat.ts';

/**
 * Reads a process and all that descend from it, from `/proc`. Those that left their process group are found too; those
 * whose parent has ended are not.
 */
export function readProcessTree(rootPid: number): readonly ProcessStat[] {
  const all = readAllProcesses();
  const byParent = Map.groupBy(all, ({ parentPid }) => parentPid);
  const tree = all.filter(({ pid }) => pid === rootPid);
  // Grows while it is walked: each process appends its children.
  for (const { pid } of tree) tree.push(...(byParent.get(pid) ?? []));
  return tree;
}

/** Those of the given processes that still run. */
export function stillRunning(processes: readonly ProcessStat[]): readonly ProcessStat[] {
  return processes.filter(({ pid, startTicks }) => {
    const now = readProcess(String(pid));
    return now !== undefined && now.startTicks === startTicks && !now.isZombie;
  });
}

function readAllProcesses(): ProcessStat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readProcess(pid) ?? []);
}

/** Undefined when the process has ended. */
function readProcess(pid: string): ProcessStat | undefined {
  const line = readProcessFile(pid, 'stat');
  return line === undefined ? undefined : parseProcessStat(line);
}

/** Reads one file of a process; undefined when the process has ended, also in the middle of the read. */
export function readProcessFile(pid: string, name: 'stat' | 'status'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}
