import { listProcesses, type HostProcess } from './list-processes.ts';

/** A process and everything below it, as it was when it was looked at. */
export interface ProcessTree {
  readonly processes: readonly HostProcess[];
  /** Those that still run, with their commands; empty when all are gone. */
  stillRunning(): Promise<readonly string[]>;
}

/** Looks at a process and everything that it started, directly or not. */
export async function processTree(root: number): Promise<ProcessTree> {
  const before = below(await listProcesses(), root);
  return {
    processes: before,
    async stillRunning() {
      const now = new Set((await listProcesses()).map(identityOf));
      return before.filter((each) => now.has(identityOf(each))).map(({ pid, command }) => `${pid} ${command}`);
    },
  };
}

function below(all: readonly HostProcess[], root: number): readonly HostProcess[] {
  const own = all.filter(({ pid }) => pid === root);
  return [...own, ...all.filter(({ parent }) => parent === root).flatMap(({ pid }) => below(all, pid))];
}

function identityOf({ pid, started }: HostProcess): string {
  return `${pid} ${started}`;
}
