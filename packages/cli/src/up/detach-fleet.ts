import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';
import { readDevJson } from '../fleet/read-dev-json.ts';
import { openLog } from './open-log.ts';
import { prepareStateFolder, type StateFolder } from './state-folder.ts';

/** How the fleet is started that goes on alone. */
export interface DetachOptions {
  /** Arguments to Node: this program, and `up` without `--detach`. */
  readonly command: readonly string[];
  readonly stateFolder: string;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

const pollMs = 100;

/**
 * Starts a fleet in a process of its own and waits until it is ready.
 *
 * @returns what the start printed.
 * @throws CliError (usage) with what it printed, when it ends before it is ready.
 */
export async function detachFleet({ command, stateFolder, cwd, signal }: DetachOptions): Promise<string> {
  const state = prepareStateFolder(stateFolder);
  const log = openLog(state.logs, 'fleet');
  const begin = statSync(log.file).size;
  const child = spawn(process.execPath, [...command], {
    cwd,
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
  });
  closeSync(log.descriptor);
  const printed = (): string => readFileSync(log.file).subarray(begin).toString('utf8').trimEnd();
  const stop = (): boolean => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const isReady = await isReadyBeforeItEnds(child, state);
  signal.removeEventListener('abort', stop);
  child.unref();
  if (isReady) return printed();
  throw new CliError(exitCode.usage, `the fleet did not start.\n${printed()}`, { fix: 'fairlead doctor' });
}

async function isReadyBeforeItEnds(child: ChildProcess, state: StateFolder): Promise<boolean> {
  const decided = new AbortController();
  try {
    const ready = waitForReady(state, { pid: child.pid, signal: decided.signal });
    return await Promise.race([ready, once(child, 'exit').then(() => false)]);
  } finally {
    decided.abort();
  }
}

/** Answers false when the signal aborts before. */
async function waitForReady(
  state: StateFolder,
  { pid, signal }: { pid: number | undefined; signal: AbortSignal },
): Promise<boolean> {
  while (!signal.aborted && readDevJson(state.devJson)?.pid !== pid) {
    await delay(pollMs, undefined, { signal }).catch(() => undefined);
  }
  return !signal.aborted;
}
