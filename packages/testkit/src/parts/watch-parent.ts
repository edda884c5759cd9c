import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Watches over one process group for as long as this process lives. */
export interface ParentWatch {
  /** Names the group to end when this process dies. */
  guard(processGroup: number): void;
  /** Ends the watch because the group is gone; resolves when the watcher has ended. */
  release(): Promise<void>;
}

/** How the watcher ends the group: the signal, then SIGKILL after `stopWithinMs`. */
export interface ParentWatchOptions {
  readonly stopSignal: NodeJS.Signals;
  readonly stopWithinMs: number;
  /** Folder that the watcher removes after the group has ended. Default: none. */
  readonly temporaryFolder?: string | undefined;
}

// First line: the group. A second line means "all is well"; end of file without it means that the parent died. The kernel
// closes the pipe however a process dies, so this holds for SIGKILL, where no handler of the parent runs.
const watcherScript = `
read -r group || exit 0
read -r released && exit 0
kill -s "$1" -- "-$group" 2>/dev/null
tenths=$2
while [ "$tenths" -gt 0 ] && kill -s 0 -- "-$group" 2>/dev/null; do sleep 0.1; tenths=$((tenths - 1)); done
kill -s KILL -- "-$group" 2>/dev/null
[ -z "$3" ] || rm -rf -- "$3"
`;

/**
 * Starts a watcher, a shell of 1 MB that sleeps on a pipe, which ends a process group when this process dies (02 TC-11).
 *
 * A parent-death signal of the kernel would need no watcher, but it exists on Linux only and is lost when the program
 * changes its user.
 */
export function watchParent({ stopSignal, stopWithinMs, temporaryFolder = '' }: ParentWatchOptions): ParentWatch {
  const tenths = Math.ceil(stopWithinMs / 100);
  const args = [stopSignal.replace(/^SIG/, ''), String(tenths), temporaryFolder];
  const watcher = spawn('/bin/sh', ['-c', watcherScript, 'sh', ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Own group and session: a signal to our group must not end the one who cleans up after it.
    detached: true,
    cwd: '/',
  });
  const ended = once(watcher, 'exit').catch(() => undefined);
  // A watcher that somebody killed breaks the pipe; its guard is lost, the work goes on.
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  return {
    guard(processGroup) {
      watcher.stdin.write(`${processGroup}\n`);
    },
    async release() {
      watcher.ref();
      watcher.stdin.end('released\n');
      await ended;
    },
  };
}
