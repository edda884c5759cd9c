import type { ServerResponse } from 'node:http';
import type { Clock } from '@fairlead/server-kit/runtime';
import { toLine } from '../raw-json/to-line.ts';
import type { AnswerSink } from './answer-sink.ts';
import type { EventStream } from './event-stream.ts';

/** What the answer to a POST is made of. */
export interface PostAnswerOptions {
  readonly response: ServerResponse;
  readonly stream: EventStream;
  readonly clock: Clock;
  /** False: notifications are left out, and the answer is plain JSON. */
  readonly acceptsStream: boolean;
  /** The client closed before the answer was there. */
  readonly onGone: () => void;
  /** The exchange is over, however it ended. */
  readonly onDone: () => void;
}

const streamAfterMs = 10_000;

/** The answer to one POST: plain JSON when nothing comes before it, else an event stream (03 P-04). */
export class PostAnswer implements AnswerSink {
  readonly #options: PostAnswerOptions;
  readonly #cancelTimer: () => void;
  #isStream = false;
  #isDone = false;

  constructor(options: PostAnswerOptions) {
    this.#options = options;
    this.#cancelTimer = options.clock.schedule(streamAfterMs, () => {
      if (options.acceptsStream) this.#openStream();
    });
    options.response.once('close', () => {
      if (!this.#isDone) options.onGone();
    });
  }

  /** Whether a message sent now would reach, or could later reach, the client. */
  get takesNotices(): boolean {
    return !this.#isDone && this.#options.acceptsStream && (this.#isStream || !this.#options.response.destroyed);
  }

  get stream(): EventStream {
    return this.#options.stream;
  }

  notify(text: string): void {
    if (!this.takesNotices) return;
    this.#openStream();
    this.#options.stream.send(toLine(text));
  }

  finish(text: string): void {
    if (this.#isDone) return;
    if (this.#isStream) {
      this.#options.stream.send(toLine(text));
      this.#options.stream.end();
    } else {
      const { response } = this.#options;
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.end(text);
    }
    this.#settle();
  }

  /** A cancelled call has no answer: its stream ends without one. */
  abandon(): void {
    if (this.#isDone) return;
    this.#openStream();
    this.#options.stream.end();
    this.#settle();
  }

  #openStream(): void {
    if (this.#isStream || this.#isDone || this.#options.response.destroyed) return;
    this.#isStream = true;
    this.#options.stream.attach(this.#options.response);
  }

  #settle(): void {
    this.#isDone = true;
    this.#cancelTimer();
    this.#options.onDone();
  }
}
