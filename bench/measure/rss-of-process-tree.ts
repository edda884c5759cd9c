import { readProcessFile, readProcessTree } from './process-tree.ts';

const kibibyte = 1_024;

/**
 * Answers the resident memory of a process and all that descend from it, in bytes. Pages that several processes share
 * count once for each, so the sum is never below what the machine has to hold.
 */
export function rssBytesOfProcessTree(pid: number): number {
  return readProcessTree(pid).reduce((sum, member) => sum + rssBytesOf(member.pid), 0);
}

/** Answers the resident memory of one process, in bytes. */
export function rssBytesOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProcessFile(String(pid), 'status') ?? '')?.[1];
  // A process that ends, or a zombie, holds no memory and has no such line.
  return kilobytes === undefined ? 0 : Number(kilobytes) * kibibyte;
}
