import type { ServerResponse } from 'node:http';
import { encodeSseEvent, type SseEvent } from './sse-event.ts';

/** Most bytes that may wait in one client's socket before reading from the server pauses (04 G-14). */
const SSE_BUFFER_BYTES_MAX = 1024 * 1024;

/** Writes server-sent events to one client. Each event leaves at once (03 P-05). */
export class SseWriter {
  readonly #response: ServerResponse;
  bytesWritten = 0;

  constructor(response: ServerResponse, headers: Readonly<Record<string, string>> = {}) {
    this.#response = response;
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
      ...headers,
    });
    response.flushHeaders();
  }

  write(event: SseEvent): void {
    this.#send(encodeSseEvent(event));
  }

  /** A keep-alive that no client takes for an event. */
  comment(): void {
    this.#send(':\n\n');
  }

  /** Whether the client reads too slowly for more to be buffered. */
  get isFull(): boolean {
    return this.#response.writableLength > SSE_BUFFER_BYTES_MAX;
  }

  /** Calls `action` once, when the client has read what was buffered. */
  whenDrained(action: () => void): void {
    this.#response.once('drain', action);
  }

  end(): void {
    this.#response.end();
  }

  #send(text: string): void {
    if (this.#response.writableEnded || this.#response.destroyed) return;
    this.bytesWritten += Buffer.byteLength(text);
    this.#response.write(text);
  }
}
