import type { ServerResponse } from 'node:http';
import type { Clock } from '../runtime/clock.ts';
import type { JsonRpcParams } from './json-rpc.ts';

const SSE_AFTER_MS = 10_000;
const KEEP_ALIVE_MS = 15_000;
const QUEUED_BYTES_SOFT = 1_048_576;
const QUEUED_BYTES_HARD = 4 * 1_048_576;

/** Headers of every event stream (03 P-05). */
export const sseHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
} as const;

/**
 * The answer to one POST: plain JSON when the handler is done without a notification, an event stream from the first
 * notification on or after ten seconds (03 P-04). A client that does not take event streams gets JSON, and notifications
 * are dropped.
 */
export class HttpAnswer {
  readonly #response: ServerResponse;
  readonly #clock: Clock;
  readonly #acceptsStream: boolean;
  readonly #onOverflow: () => void;
  #cancelTimer: () => void;
  #isStream = false;
  #isDone = false;

  constructor(response: ServerResponse, options: { clock: Clock; acceptsStream: boolean; onOverflow: () => void }) {
    this.#response = response;
    this.#clock = options.clock;
    this.#acceptsStream = options.acceptsStream;
    this.#onOverflow = options.onOverflow;
    this.#cancelTimer = options.acceptsStream ? options.clock.schedule(SSE_AFTER_MS, () => this.#openStream()) : noop;
  }

  /** Sends a notification on this request's stream. Progress gives way when the client reads too slowly. */
  notify(method: string, params: JsonRpcParams): void {
    if (this.#isDone || !this.#acceptsStream) return;
    this.#openStream();
    if (this.#response.writableLength > QUEUED_BYTES_HARD) return this.#onOverflow();
    if (this.#response.writableLength > QUEUED_BYTES_SOFT && method === 'notifications/progress') return;
    this.#writeEvent(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  /** Sends the answer and ends. `status` counts only when no stream was opened. */
  finish(status: number, body: string): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#cancelTimer();
    if (this.#isStream) {
      this.#writeEvent(body);
      this.#response.end();
      return;
    }
    this.#response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    this.#response.end(body);
  }

  /** Forgets the answer: the client is gone. */
  abandon(): void {
    this.#isDone = true;
    this.#cancelTimer();
  }

  #openStream(): void {
    if (this.#isStream || this.#isDone) return;
    this.#isStream = true;
    this.#response.writeHead(200, sseHeaders);
    this.#response.flushHeaders();
    this.#keepAlive();
  }

  #keepAlive(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.schedule(KEEP_ALIVE_MS, () => {
      this.#response.write(': keep-alive\n\n');
      this.#keepAlive();
    });
  }

  #writeEvent(data: string): void {
    this.#response.write(`event: message\ndata: ${data}\n\n`);
  }
}

function noop(): void {
  // No timer runs.
}
