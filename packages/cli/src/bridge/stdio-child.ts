import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { LineSplitter, type LineHandlers } from '../lines/line-splitter.ts';

/** How a stdio server is started. */
export interface ChildCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Who hears what a server writes. */
export interface ChildListener extends LineHandlers {
  /** A line of standard error, at most 8 KiB of it. */
  errorLine(text: string): void;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Longest line of the server that is kept (03 C11). */
const lineBytesMax = 32 * 1024 * 1024;
const errorLineBytesMax = 8_192;
/** A server that does not read what it was sent gets no more. */
const unreadBytesMax = 16 * 1024 * 1024;
const graceMs = 1_500;
/** How long the last lines of an ended server may take to arrive; a program that it left behind may hold the pipe. */
const lastLinesMs = 500;

/** One stdio server as a child process, in a group of its own, so that what it starts ends with it. */
export class StdioChild {
  readonly pid: number;
  /** Resolves with the way it ended when its last line was read. Never rejects. */
  readonly ended: Promise<string>;
  readonly #child: Child;
  readonly #exited: Promise<string>;
  #isOver = false;
  #endReason: string | undefined;
  #stopping: Promise<void> | undefined;

  private constructor(child: Child, pid: number) {
    this.#child = child;
    this.pid = pid;
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#signal('SIGKILL');
        this.#isOver = true;
        this.#endReason = signal ?? `exit code ${code}`;
        resolve(this.#endReason);
      });
    });
    this.ended = this.#untilSilent();
    // Writing to a server that is ending breaks the pipe; `ended` tells of it.
    child.stdin.on('error', () => undefined);
  }

  /**
   * Starts the server.
   *
   * @throws Error of Node (`ENOENT`, `EACCES`) when the system refuses.
   */
  static async start({ command, args, cwd, env }: ChildCommand): Promise<StdioChild> {
    const child = spawn(command, [...args], {
      cwd,
      env: { ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    await once(child, 'spawn');
    if (child.pid === undefined) throw new TypeError('a process that was started has no pid');
    return new StdioChild(child, child.pid);
  }

  /** Begins to read; nothing is lost before. */
  listen(listener: ChildListener): void {
    read(this.#child.stdout, new LineSplitter(lineBytesMax, listener));
    const errorLines = {
      line: (text: string) => listener.errorLine(text),
      tooLong: ({ head, bytes }: { head: string; bytes: number }) => listener.errorLine(`${head}... (${bytes} bytes)`),
    };
    read(this.#child.stderr, new LineSplitter(errorLineBytesMax, errorLines));
  }

  /** How it ended; absent while it runs. */
  get endReason(): string | undefined {
    return this.#endReason;
  }

  /** Whether more lies in the pipe than the server may leave unread. */
  get isOverfull(): boolean {
    return this.#child.stdin.writableLength > unreadBytesMax;
  }

  send(line: string): void {
    if (this.#child.stdin.writable) this.#child.stdin.write(`${line}\n`);
  }

  /** Ends the server as the specification says: end of its input, then SIGTERM, then SIGKILL. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#child.stdin.end();
    if (!(await this.#endsWithin(graceMs))) this.#signal('SIGTERM');
    if (!(await this.#endsWithin(graceMs))) this.#signal('SIGKILL');
    await this.ended;
  }

  async #endsWithin(ms: number): Promise<boolean> {
    const abort = new AbortController();
    const late = delay(ms, false, { signal: abort.signal }).catch(() => false);
    const isEnded = await Promise.race([this.#exited.then(() => true), late]);
    abort.abort();
    return isEnded;
  }

  #signal(signal: NodeJS.Signals): void {
    // The system may have given the number of an ended group to somebody else.
    if (this.#isOver) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // The group is gone already.
    }
  }

  async #untilSilent(): Promise<string> {
    const closed = new Promise<void>((resolve) => this.#child.once('close', () => resolve()));
    const reason = await this.#exited;
    const abort = new AbortController();
    await Promise.race([closed, delay(lastLinesMs, undefined, { signal: abort.signal }).catch(() => undefined)]);
    abort.abort();
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
    return reason;
  }
}

function read(stream: Readable, splitter: LineSplitter): void {
  stream.on('data', (chunk: Buffer) => splitter.push(chunk));
  stream.on('end', () => splitter.end());
}
