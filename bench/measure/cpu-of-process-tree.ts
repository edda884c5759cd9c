import { tickMicros } from './process-stat.ts';
import { readProcessTree } from './process-tree.ts';

/**
 * Answers the CPU time of a process and all that descend from it, user and system, in microseconds since they started
 * (09 V-81). It moves in steps of 10 ms.
 */
export function cpuMicrosOfProcessTree(pid: number): number {
  const ticks = readProcessTree(pid).reduce((sum, { cpuTicks }) => sum + cpuTicks, 0);
  return ticks * tickMicros;
}
