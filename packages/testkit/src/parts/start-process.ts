import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Unavailable } from '@fairlead/server-kit/runtime';
import { until } from '../waiting/until.ts';
import { watchParent, type ParentWatch } from './watch-parent.ts';

/** When a started process counts as ready: a line of its output matches, or a question about it is answered with true. */
export type ReadyWhen = { readonly output: RegExp } | { readonly answers: () => Promise<boolean> };

/** What to start, and how to end it. */
export interface ProcessOptions {
  /** Name or path of a program. */
  readonly command: string;
  readonly args?: readonly string[];
  /** The whole environment of the process. Default: this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Default: at once. */
  readonly readyWhen?: ReadyWhen;
  /** Longest wait until ready, in milliseconds. Default 30,000. */
  readonly readyWithinMs?: number;
  /** What asks the process to end. Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** Milliseconds between the stop signal and SIGKILL. Default 5,000; after the parent's death at most 4,000. */
  readonly stopWithinMs?: number;
  /** Folder that is removed after the end of the process when its parent has died and cannot do it. */
  readonly temporaryFolder?: string;
  /** Gets each line of the process's output and error output. */
  readonly log?: (line: string) => void;
  /** Runs the process as this user and group; for root only. */
  readonly runAs?: { readonly uid: number; readonly gid: number };
}

/** How a process ended: with an exit code, or by a signal. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running process. It ends with its scope, and also when this process dies by SIGKILL. */
export interface StartedProcess extends AsyncDisposable {
  /** Also the id of the process group. */
  readonly pid: number;
  /** Resolves when the process has ended; never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** The last 100 lines of output and error output, oldest first. */
  recentOutput(): readonly string[];
  /** Sends a signal to the process and to all that it started in its group. Does nothing when they have ended. */
  kill(signal: NodeJS.Signals): void;
  /** Asks the process to end, kills its group after `stopWithinMs`, and waits for the end. Safe to call again. */
  stop(): Promise<ProcessExit>;
}

type GatedChild = ChildProcessByStdio<Writable, Readable, Readable>;

/** The lines that a process wrote. */
interface Output {
  recent(): readonly string[];
  onLine(listener: (line: string) => void): void;
  /** Resolves when nothing more will come. */
  readonly ended: Promise<void>;
}

const recentLinesMax = 100;

// The process waits for a word before it becomes the program, so that the watch knows its pid first: a parent that dies
// in between leaves a shell that reads the end of the pipe and goes.
const gateScript = 'read -r go || exit 0; exec "$@" </dev/null';

/**
 * Starts a program in a process group of its own and waits until it is ready. Its standard input is empty.
 *
 * No orphan stays: when this process dies by any cause, SIGKILL included, a watcher ends the group within 5 s (02 TC-11).
 *
 * @throws Unavailable `PART_START_FAILED`, with the last lines of output, when the program ends or stays silent before it
 * is ready; it is gone then. Needs `/bin/sh`.
 */
export async function startProcess(options: ProcessOptions): Promise<StartedProcess> {
  const { stopSignal = 'SIGTERM', stopWithinMs = 5_000, temporaryFolder } = options;
  const watch = watchParent({ stopSignal, stopWithinMs: Math.min(stopWithinMs, 4_000), temporaryFolder });
  const child = spawnGated(options);
  const output = readOutput(child, options.log);
  const pid = await pidOf(child).catch(async (error: unknown) => {
    await watch.release();
    throw startFailed(options.command, output, error);
  });
  watch.guard(pid);
  const started = toHandle({ child, pid }, { watch, output, stopSignal, stopWithinMs });
  try {
    child.stdin.end('go\n');
    await waitUntilReady(started, output, options);
    return started;
  } catch (error) {
    await started.stop();
    await Promise.race([output.ended, delay(500, undefined, { ref: false })]);
    throw startFailed(options.command, output, error);
  }
}

function spawnGated({ command, args = [], env, cwd, runAs }: ProcessOptions): GatedChild {
  return spawn('/bin/sh', ['-c', gateScript, 'sh', command, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Own group: Ctrl-C in a terminal reaches only us, so that parts are stopped in order.
    detached: true,
    ...(env === undefined ? {} : { env }),
    ...(cwd === undefined ? {} : { cwd }),
    ...runAs,
  });
}

/** Throws the system's error when it refused to start the shell: no right to `runAs`, or no such folder. */
async function pidOf(child: GatedChild): Promise<number> {
  await once(child, 'spawn');
  if (child.pid === undefined) throw new TypeError('a process that was started has no pid');
  return child.pid;
}

function readOutput(child: GatedChild, log: (line: string) => void = () => undefined): Output {
  const recent: string[] = [];
  const listeners = [log];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      recent.push(line);
      if (recent.length > recentLinesMax) recent.shift();
      for (const listener of listeners) listener(line);
    });
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { recent: () => [...recent], onLine: (listener) => listeners.push(listener), ended };
}

interface Running {
  readonly child: GatedChild;
  readonly pid: number;
}

interface HandleParts {
  readonly watch: ParentWatch;
  readonly output: Output;
  readonly stopSignal: NodeJS.Signals;
  readonly stopWithinMs: number;
}

function toHandle({ child, pid }: Running, { watch, output, stopSignal, stopWithinMs }: HandleParts): StartedProcess {
  // A program that ends before it is ready breaks the pipe of the gate; `exited` tells of it.
  child.stdin.on('error', () => undefined);
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  let isOver = false;
  const kill = (signal: NodeJS.Signals): void => {
    // The system may have given the number of an ended group to somebody else.
    if (!isOver) signalGroup(pid, signal);
  };
  const released = exited.then(() => {
    // What the program left behind in its group goes with it.
    kill('SIGKILL');
    isOver = true;
    return watch.release();
  });
  return {
    pid,
    exited,
    recentOutput: () => output.recent(),
    kill,
    async stop() {
      kill(stopSignal);
      if (!(await endsWithin(exited, stopWithinMs))) kill('SIGKILL');
      await released;
      return exited;
    },
    async [Symbol.asyncDispose]() {
      await this.stop();
    },
  };
}

function signalGroup(processGroup: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-processGroup, signal);
  } catch (error) {
    if (!isNoSuchProcess(error)) throw error;
  }
}

function isNoSuchProcess(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}

async function endsWithin(exited: Promise<ProcessExit>, withinMs: number): Promise<boolean> {
  const abort = new AbortController();
  const expiry = delay(withinMs, false, { signal: abort.signal }).catch(() => false);
  const isOver = await Promise.race([exited.then(() => true), expiry]);
  abort.abort();
  return isOver;
}

async function waitUntilReady(started: StartedProcess, output: Output, options: ProcessOptions): Promise<void> {
  const { readyWhen, readyWithinMs = 30_000 } = options;
  if (readyWhen === undefined) return;
  let end: ProcessExit | undefined;
  let isReady = false;
  void started.exited.then((exit) => (end = exit));
  const answers = 'answers' in readyWhen ? readyWhen.answers : () => Promise.resolve(isReady);
  if ('output' in readyWhen) output.onLine((line) => (isReady ||= readyWhen.output.test(line)));
  await until(async () => end !== undefined || (await answers()), { withinMs: readyWithinMs, what: 'it to be ready' });
  if (end !== undefined) throw new Error(`it ended with ${end.signal ?? `exit code ${end.code}`}`);
}

function startFailed(command: string, output: Output, cause: unknown): Unavailable {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const lines = output.recent().slice(-15).join('\n');
  return new Unavailable('PART_START_FAILED', {
    publicMessage: `${command} did not start: ${reason}${lines === '' ? '' : `. Its last output:\n${lines}`}`,
    cause,
  });
}
