/** What the kernel says of one process. Ticks are hundredths of a second. */
export interface ProcessStat {
  readonly pid: number;
  readonly parentPid: number;
  /** User and system time of the process, and of its children that have ended and were waited for. */
  readonly cpuTicks: number;
  /** When it started, in ticks since boot. With the pid it names a process for good: the pid alone is used again. */
  readonly startTicks: number;
  /** Ended, but not yet waited for by its parent: it holds nothing any more. */
  readonly isZombie: boolean;
}

/** Length of a tick of `/proc`, in microseconds. The kernel fixes it for all that it tells programs (USER_HZ). */
export const tickMicros = 10_000;

// Fields by number, as proc_pid_stat(5) counts them.
const field = {
  state: 3,
  parentPid: 4,
  userTicks: 14,
  systemTicks: 15,
  childUserTicks: 16,
  childSystemTicks: 17,
  startTicks: 22,
};

/** Reads a line of `/proc/<pid>/stat`. */
export function parseProcessStat(line: string): ProcessStat {
  // The second field is the program's name in parentheses, which may hold spaces and parentheses itself.
  const end = line.lastIndexOf(')');
  const after = line.slice(end + 2).split(' ');
  const read = (number: number): number => Number(after[number - field.state]);
  return {
    pid: Number.parseInt(line, 10),
    parentPid: read(field.parentPid),
    cpuTicks:
      read(field.userTicks) + read(field.systemTicks) + read(field.childUserTicks) + read(field.childSystemTicks),
    startTicks: read(field.startTicks),
    isZombie: after[0] === 'Z',
  };
}
