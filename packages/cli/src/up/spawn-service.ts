import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RunningPart } from './supervised-part.ts';

/** What a service process is started with. */
export interface SpawnOptions {
  /** Arguments to this process's own Node. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing of this process's own is added. */
  readonly environment: Readonly<Record<string, string>>;
  /** File descriptor of the log. */
  readonly log: number;
  /** Milliseconds between SIGTERM and SIGKILL when it is stopped. */
  readonly stopWithinMs: number;
}

/**
 * Starts a service. The IPC channel carries no message: a service ends when it closes, and the system closes it however
 * the supervisor dies (02 TC-11).
 */
export async function spawnService(options: SpawnOptions): Promise<RunningPart> {
  const child = spawn(process.execPath, [...options.command], {
    cwd: options.cwd,
    env: { ...options.environment },
    // Own group: Ctrl-C in a terminal reaches the supervisor alone, which stops its parts in order.
    detached: true,
    stdio: ['ignore', options.log, options.log, 'ipc'],
  });
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    ended,
    async stop() {
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), options.stopWithinMs);
      await ended;
      clearTimeout(kill);
    },
  };
}
