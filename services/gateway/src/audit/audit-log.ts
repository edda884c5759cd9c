import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { auditEvent } from '@fairlead/contracts';
import type { Clock, HealthCheck, Logger } from '@fairlead/server-kit/runtime';
import type { AuditEntry } from './audit-entry.ts';
import { auditLine } from './audit-line.ts';
import { FloodFolder } from './flood-folder.ts';
import { LineQueue } from './line-queue.ts';

/** Most bytes that may wait for the disk. Beyond it calls are refused, so that nothing runs unrecorded (04 G-72). */
const WAITING_BYTES_MAX = 64 * 1024 * 1024;
/** Records are collected for this long and written together: a write of its own costs more than the call it records. */
const COLLECT_MS = 25;
/** Wait before a write that failed is tried again. */
const RETRY_MS = 1_000;
/** More than the longest record. */
const TAIL_BYTES = 256 * 1024;

/** What the audit log is made of. */
export interface AuditLogOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * The audit log: one line of JSON per decision, denials included (04 G-67). Lines are collected and written together,
 * in order, by one write at a time. Nothing is dropped: what cannot be written waits, and beyond 64 MiB `isFull` stops
 * the calls.
 */
export class AuditLog {
  readonly #options: AuditLogOptions;
  readonly #folder: FloodFolder;
  readonly #handle: FileHandle;
  readonly #waiting = new LineQueue();
  #seq: number;
  #records = 0;
  #isScheduled = false;
  #flushing: Promise<void> | undefined;
  #failure: string | undefined;

  private constructor(options: AuditLogOptions, handle: FileHandle, lastSeq: number) {
    this.#options = options;
    this.#handle = handle;
    this.#seq = lastSeq;
    this.#folder = new FloodFolder(options.clock, (entry, count) => this.#write(entry, count));
  }

  /** Opens the log for appending, and goes on after the last record in it. Makes the file (0600) and its folder if needed. */
  static async open(options: AuditLogOptions): Promise<AuditLog> {
    mkdirSync(dirname(options.file), { recursive: true, mode: 0o700 });
    const { lastSeq, isCut } = readEnd(options.file);
    const handle = await open(options.file, 'a', 0o600);
    // A record that a crash cut off must not run into the next one.
    if (isCut) await handle.appendFile('\n');
    return new AuditLog(options, handle, lastSeq);
  }

  /** Whether so much waits for the disk that no further call may run. */
  get isFull(): boolean {
    return this.#waiting.bytes > WAITING_BYTES_MAX;
  }

  /** Records written or waiting since the start. */
  get records(): number {
    return this.#records;
  }

  /** Records a decision. Refusals are folded when they come in floods. */
  append(entry: AuditEntry): void {
    if (entry.outcome === 'refused') this.#folder.add(entry);
    else this.#write(entry);
  }

  /** How the log is, for `/readyz`. */
  get health(): HealthCheck {
    return {
      part: 'audit',
      required: false,
      effect: 'records wait in memory; calls are refused when 64 MiB wait',
      check: async () => (this.#failure === undefined ? { status: 'up' } : { status: 'down', reason: this.#failure }),
    };
  }

  /** Waits until everything that was appended is written, or a write has failed. */
  async flush(): Promise<void> {
    this.#folder.flush();
    do await this.#flush();
    while (this.#waiting.bytes > 0 && this.#failure === undefined);
  }

  /** Writes what waits and closes the file. What cannot be written is counted in the log. */
  async close(): Promise<void> {
    await this.flush();
    if (this.#waiting.bytes > 0) this.#options.log.error({ records: this.#waiting.countLines() }, 'audit.records_lost');
    await this.#handle.close();
  }

  #write(entry: AuditEntry, count?: number): void {
    this.#seq += 1;
    this.#records += 1;
    this.#waiting.append(auditLine(entry, { seq: this.#seq, at: this.#options.clock.now(), count }));
    if (!this.#isScheduled && this.#failure === undefined) this.#schedule(COLLECT_MS);
  }

  #schedule(delayMs: number): void {
    this.#isScheduled = true;
    this.#options.clock.schedule(delayMs, () => {
      this.#isScheduled = false;
      void this.#flush();
    });
  }

  #flush(): Promise<void> {
    this.#flushing ??= this.#writeWaiting().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  /**
   * Writes what waits now; lines that come meanwhile are collected for the next time. A write that stopped halfway goes
   * on where it stopped, so that no record is cut in two.
   */
  async #writeWaiting(): Promise<void> {
    let left = this.#waiting.bytes;
    try {
      while (left > 0) {
        const { bytesWritten } = await this.#handle.write(this.#waiting.peek(left));
        this.#waiting.drop(bytesWritten);
        left -= bytesWritten;
      }
      this.#failure = undefined;
    } catch (error) {
      this.#reportFailure(error);
    }
  }

  #reportFailure(error: unknown): void {
    if (this.#failure === undefined) this.#options.log.error({ err: error }, 'audit.write_failed');
    this.#failure = 'the audit file cannot be written';
    this.#schedule(RETRY_MS);
  }
}

interface FileEnd {
  /** Number of the last record; 0 when there is none. */
  readonly lastSeq: number;
  /** Whether the last line has no end. */
  readonly isCut: boolean;
}

function readEnd(file: string): FileEnd {
  const tail = existsSync(file) ? readTail(file) : '';
  const lines = tail.split('\n');
  const isCut = lines.pop() !== '';
  const last = lines.at(-1);
  const parsed = last === undefined ? undefined : auditEvent.safeParse(parseLine(last));
  return { lastSeq: (parsed?.data?.seq ?? 0) + (isCut ? 1 : 0), isCut };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // An old line that a crash cut off: the numbers then start anew, and the gap shows.
    return undefined;
  }
}

function readTail(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const start = Math.max(0, size - TAIL_BYTES);
    const buffer = Buffer.alloc(size - start);
    readSync(descriptor, buffer, 0, buffer.length, start);
    return buffer.toString('utf8');
  } finally {
    closeSync(descriptor);
  }
}
