import type { ServerResponse } from 'node:http';
import { sseHeaders } from '@fairlead/server-kit/mcp';
import type { Clock } from '@fairlead/server-kit/runtime';
import { toEventId, type EventLog } from './event-log.ts';

/** What a stream is made of. */
export interface EventStreamOptions {
  /** Name of the stream in event ids. */
  readonly key: string;
  /** Absent: what is sent while nobody listens is lost. */
  readonly log: EventLog | undefined;
  readonly clock: Clock;
}

const keepAliveMs = 15_000;
/** A client that left this much unread is cut off; it may come back for the rest. */
const queuedBytesMax = 64 * 1024 * 1024;
const retryAfterMs = 1_000;

/** One server-sent event stream (03 P-05): a client may listen to it, go, and come back for what it missed. */
export class EventStream {
  readonly key: string;
  readonly #log: EventLog | undefined;
  readonly #clock: Clock;
  #response: ServerResponse | undefined;
  #deliveredSequence = 0;
  #isEnded = false;
  #cancelKeepAlive: () => void = () => undefined;

  constructor({ key, log, clock }: EventStreamOptions) {
    this.key = key;
    this.#log = log;
    this.#clock = clock;
  }

  get isAttached(): boolean {
    return this.#response !== undefined;
  }

  /** Lets a client listen. It first gets what came since `afterSequence`, or since the last one that was delivered. */
  attach(response: ServerResponse, afterSequence: number = this.#deliveredSequence): void {
    this.#response?.end();
    this.#response = response;
    response.writeHead(200, sseHeaders);
    response.flushHeaders();
    if (this.#log !== undefined) response.write(`retry: ${retryAfterMs}\n\n`);
    for (const { sequence, text } of this.#log?.after(this.key, afterSequence) ?? []) this.#write(text, sequence);
    response.once('close', () => this.#detach(response));
    if (this.#isEnded) response.end();
    else this.#keepAlive();
  }

  send(text: string): void {
    const sequence = this.#log?.append(this.key, text);
    if (this.#response === undefined) return;
    if (this.#response.writableLength > queuedBytesMax) this.#response.destroy();
    else this.#write(text, sequence);
  }

  /** Ends the stream for good. */
  end(): void {
    this.#isEnded = true;
    this.#cancelKeepAlive();
    this.#response?.end();
  }

  #write(text: string, sequence: number | undefined): void {
    const id = sequence === undefined ? '' : `id: ${toEventId(sequence, this.key)}\n`;
    this.#response?.write(`event: message\n${id}data: ${text}\n\n`);
    this.#deliveredSequence = sequence ?? 0;
  }

  #detach(response: ServerResponse): void {
    if (this.#response !== response) return;
    this.#response = undefined;
    this.#cancelKeepAlive();
  }

  #keepAlive(): void {
    this.#cancelKeepAlive();
    this.#cancelKeepAlive = this.#clock.schedule(keepAliveMs, () => {
      this.#response?.write(': keep-alive\n\n');
      this.#keepAlive();
    });
  }
}
