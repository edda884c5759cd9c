import { isJsonObject, type JsonObject } from '../wire/json-value.ts';
import type { ExtraHeaders } from '../wire/respond.ts';
import { parseExact } from '../wire/parse-exact.ts';
import type { SseEvent } from '../wire/sse-event.ts';
import { SseParser } from '../wire/sse-parser.ts';
import { SseWriter } from '../wire/sse-writer.ts';
import type { Crossing, Question } from './crossing.ts';
import type { OpenStreams } from './open-streams.ts';
import { isSameId, outcomeOf, type CallOutcome } from './read-answer.ts';
import type { RelayFailure } from './client-leg.ts';
import type { RelayTask } from './relay-task.ts';
import { mayHoldUri } from './rewrite-uris.ts';

/** What an event stream tells its relay. */
export interface EventStreamOptions {
  readonly streams: OpenStreams;
  /** The stream to the client where one has begun already. */
  readonly writer: SseWriter | undefined;
  readonly headers: ExtraHeaders;
  pause(): void;
  resume(): void;
  /** Ends the server's side. */
  abort(): void;
  /** The server asked its client something that may have to wait for another request of the client; whether it does. */
  onAsked(message: JsonObject): boolean;
  /** The server asked its client something and waits. */
  onWaiting(): void;
  /** The server asked something instead of an answer, and has ended. */
  onQuestion(question: Question, message: JsonObject): void;
  /** For a client that takes no stream: the text of the answer. */
  onAnswer(text: string): void;
  /** The same for an answer that has crossed already. */
  onCrossed(answer: () => JsonObject, outcome: CallOutcome): void;
  onEnd(outcome: CallOutcome, bytes: number): void;
  onBroken(failure: RelayFailure): void;
  /** Runs a step that begins outside the relay, so that a bug in it ends the call only. */
  guard(step: () => void): void;
}

/**
 * Passes a stream of events on, one by one and at once. Waits in two cases: when the client reads too slowly, and
 * before a notice that a list changed, until our own list has followed.
 */
export class EventStream {
  #task: RelayTask;
  readonly #options: EventStreamOptions;
  readonly #parser: SseParser;
  #writer: SseWriter | undefined;
  readonly #forget: () => void;
  #held: SseEvent[] | undefined;
  #outcome: CallOutcome | undefined;
  /** Whether the server gave its events ids: a client can then take the rest up elsewhere. */
  #isResumable = false;
  #sourceEnded = false;
  #closed = false;

  constructor(task: RelayTask, options: EventStreamOptions) {
    this.#task = task;
    this.#options = options;
    this.#parser = new SseParser({
      onEvent: (event) => this.#onEvent(event),
      onComment: () => this.#writer?.comment(),
    });
    this.#writer = options.writer;
    // Over the bridge a stream begins with the first thing that is no answer: most calls get plain JSON.
    if (task.crossing === undefined) this.#begin();
    this.#forget = options.streams.add({
      owner: task.owner,
      server: task.upstream.name,
      isEndless: task.request.isStream === true,
      keepAlive: () => this.#begin()?.comment(),
      end: () => this.#endByUs(),
    });
  }

  /** The stream to the client; absent for one that takes none. */
  get writer(): SseWriter | undefined {
    return this.#writer;
  }

  /** Whether the client has been sent the head of a stream. */
  get hasBegun(): boolean {
    return this.#writer !== undefined;
  }

  get bytesSent(): number {
    return this.#writer?.bytesWritten ?? 0;
  }

  /** The client's request has ended, or another one takes its place. */
  attach(task: RelayTask): void {
    this.#task = task;
    this.#writer = undefined;
  }

  push(chunk: Buffer): void {
    this.#guard(() => this.#parser.push(chunk));
  }

  /**
   * The server ended its stream. Without the answer that is a break, unless the stream has none or gave ids: a server may
   * close early and have its client come back by GET (SEP-1699).
   */
  finish(): void {
    this.#sourceEnded = true;
    if (this.#held === undefined) this.#end();
  }

  /** Sends a last event and ends the stream. Returns the bytes sent. */
  breakOff(body: string | Buffer): number {
    if (this.#task.id !== undefined) this.#writer?.write({ event: 'message', data: body.toString() });
    this.#writer?.end();
    return this.bytesSent;
  }

  close(): void {
    this.#closed = true;
    this.#forget();
  }

  #onEvent(event: SseEvent): void {
    if (this.#closed) return;
    if (this.#held !== undefined) this.#held.push(event);
    else this.#pass(event);
  }

  #pass(event: SseEvent): void {
    const { crossing } = this.#task;
    if (crossing !== undefined) return this.#cross(crossing, event.data);
    this.#isResumable ||= event.id !== undefined;
    if (event.data === undefined || event.data === '') return this.#write(event);
    const message = toMessage(JSON.parse(event.data));
    if (message['method'] === undefined) return this.#passAnswer(event, message);
    if (message['id'] !== undefined) {
      if (!this.#task.passesServerRequests) return;
      this.#options.onWaiting();
    } else if (this.#task.takesNotice?.(message) === false) return;
    if (isChangeNotice(message) && this.#task.beforeChangeNotice !== undefined)
      this.#holdFor(event, this.#task.beforeChangeNotice());
    else this.#write(this.#shown(event));
  }

  /** Ids of events belong to the server's own stream, which the client cannot take up again, so they stay here. */
  #cross(crossing: Crossing, data: string | undefined): void {
    if (data === undefined || data === '') return;
    const message = toMessage(parseExact(data));
    if (message['method'] === undefined) return this.#crossAnswer(crossing, message);
    const isRequest = message['id'] !== undefined;
    if (isRequest && this.#options.onAsked(message)) return;
    const notice = isRequest ? crossing.onRequest(message) : crossing.notice(message);
    if (isRequest && notice !== undefined) this.#options.onWaiting();
    if (notice !== undefined) this.#write({ event: 'message', data: JSON.stringify(this.#renamed(notice)) });
  }

  #crossAnswer(crossing: Crossing, message: JsonObject): void {
    if (!isSameId(message['id'], crossing.sentId))
      throw new SyntaxError('an event holds the answer to another request');
    const question = crossing.question(message);
    if (question !== undefined) return this.#options.onQuestion(question, message);
    const crossed = crossing.answer(this.#renamed(message));
    this.#outcome = outcomeOf(crossed);
    if (this.#writer !== undefined) return this.#write({ event: 'message', data: JSON.stringify(crossed) });
    // The request that it answers may not be here yet: its id is known only then.
    this.#options.onCrossed(() => this.#task.crossing?.answer(this.#renamed(message)) ?? crossed, this.#outcome);
  }

  #passAnswer(event: SseEvent, message: JsonObject): void {
    const { id } = this.#task;
    if (id === undefined) return this.#write(event);
    if (!isSameId(message['id'], id)) throw new SyntaxError('an event holds the answer to another request');
    this.#outcome = outcomeOf(message);
    if (this.#writer === undefined) this.#options.onAnswer(event.data ?? '');
    else this.#write(this.#shown(event));
  }

  #shown(event: SseEvent): SseEvent {
    const { data = '' } = event;
    if (this.#task.rewrite === undefined || !mayHoldUri(data)) return event;
    return { ...event, data: JSON.stringify(this.#renamed(toMessage(parseExact(data)))) };
  }

  #renamed(message: JsonObject): JsonObject {
    return this.#task.rewrite?.(message) ?? message;
  }

  #begin(): SseWriter | undefined {
    const { acceptsStream, response } = this.#task;
    if (this.#writer === undefined && acceptsStream && !response.writableEnded)
      this.#writer = new SseWriter(response, this.#options.headers);
    return this.#writer;
  }

  #write(event: SseEvent): void {
    const writer = this.#begin();
    if (writer === undefined) return;
    writer.write(event);
    if (!writer.isFull) return;
    this.#options.pause();
    writer.whenDrained(() => this.#options.resume());
  }

  /** Keeps this event and those after it back until the catalog has followed. */
  #holdFor(event: SseEvent, ready: Promise<void>): void {
    this.#held = [event];
    void ready.then(() => this.#options.guard(() => this.#release()));
  }

  #release(): void {
    const [notice, ...later] = this.#held ?? [];
    this.#held = undefined;
    if (notice !== undefined) this.#write(notice);
    this.#guard(() => {
      for (const event of later) this.#onEvent(event);
    });
    if (this.#sourceEnded && this.#held === undefined) this.#end();
  }

  /** What a server sends may be no event or no JSON: that ends the stream, and nothing else. */
  #guard(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
      this.#options.onBroken({ kind: 'invalid', reason: error.message });
    }
  }

  #end(): void {
    if (this.#closed) return;
    const isBroken = this.#task.id !== undefined && this.#outcome === undefined && !this.#isResumable;
    if (isBroken) return this.#options.onBroken({ kind: 'transport', failure: brokenOff });
    this.#writer?.end();
    this.#options.onEnd(this.#outcome ?? { outcome: 'ok' }, this.bytesSent);
  }

  #endByUs(): void {
    const { farewell } = this.#task;
    if (farewell !== undefined) this.#writer?.write({ event: 'message', data: farewell });
    this.#writer?.end();
    this.#options.onEnd({ outcome: 'ok' }, this.bytesSent);
    this.#options.abort();
  }
}

const brokenOff = {
  kind: 'connection',
  requestWritten: true,
  answerStarted: true,
  reason: 'the stream ended before the answer',
} as const;

function toMessage(message: unknown): JsonObject {
  if (!isJsonObject(message)) throw new SyntaxError('an event holds no JSON object');
  return message;
}

function isChangeNotice({ method }: JsonObject): boolean {
  return typeof method === 'string' && method.endsWith('/list_changed');
}
