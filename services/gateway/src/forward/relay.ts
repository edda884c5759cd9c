import type { Clock, Logger } from '@fairlead/server-kit/runtime';
import { isJsonObject, type JsonObject } from '../wire/json-value.ts';
import { parseExact } from '../wire/parse-exact.ts';
import { sendEmpty, sendJson, type JsonAnswer } from '../wire/respond.ts';
import { SseWriter } from '../wire/sse-writer.ts';
import { ANSWER_BYTES_MAX, HELD_BYTES_MAX } from './answer-limits.ts';
import { BodyStream } from './body-stream.ts';
import { EventStream } from './event-stream.ts';
import type { ClientLeg } from './client-leg.ts';
import type { Crossing, ParkedCall, Question } from './crossing.ts';
import type { AnswerConsumer, AnswerHead, Exchange } from './exchange.ts';
import type { OpenStreams } from './open-streams.ts';
import { outcomeOf, readAnswer, type CallOutcome, type ReadAnswer } from './read-answer.ts';
import type { RelayFailure } from './client-leg.ts';
import type { RelayTask } from './relay-task.ts';
import { mayHoldUri } from './rewrite-uris.ts';
import type { UpstreamRequest } from './upstream.ts';
import type { UpstreamFailure } from './upstream-failure.ts';

/** Waits before the first and the second retry, in milliseconds, of which half is random (04 G-75). */
const RETRY_DELAYS_MS = [50, 200];

/** Longest wait for what a person at the client says (03 §3). */
const ASK_MS_MAX = 10 * 60_000;

/** What all relays share. */
export interface RelayContext {
  readonly clock: Clock;
  readonly random: () => number;
  readonly streams: OpenStreams;
  readonly log: Logger;
}

/** A call that is on its way. */
export interface RunningRelay {
  /** The client gave the call up and waits for no answer. */
  cancel(): void;
}

/** Passes one call to a server and its answer to the client. `onEnd` of the task is called once, last. */
export function relay(task: RelayTask, context: RelayContext): RunningRelay {
  const running = new Relay(task, context);
  running.start();
  return running;
}

/** The answer while it comes in: held in memory, streamed as bytes, or streamed as events. */
class Relay implements AnswerConsumer, ParkedCall {
  #task: RelayTask;
  readonly #context: RelayContext;
  #exchange: Exchange | undefined;
  #attempt = 0;
  #head: AnswerHead = { status: 0, headers: {} };
  #chunks: Buffer[] = [];
  #heldBytes = 0;
  #body: BodyStream | undefined;
  #events: EventStream | undefined;
  /** The stream to the client, once it was asked something. */
  #writer: SseWriter | undefined;
  /** The client is asked, and nothing that is left of the server's answer counts. */
  #isAsking = false;
  /** No client is attached: it was asked and has not come back. */
  #isParked = false;
  /** What happened meanwhile, for when it comes. */
  #kept: (() => void) | undefined;
  #isRenewed = false;
  #failing = false;
  #ended = false;

  constructor(task: RelayTask, context: RelayContext) {
    this.#task = task;
    this.#context = context;
  }

  start(): void {
    const { upstream, response } = this.#task;
    if (response.destroyed) return this.#onClientClose();
    upstream.retries.earn();
    this.#watchClient();
    this.#send();
  }

  attach(leg: ClientLeg, crossing: Crossing): void {
    const task = { ...leg, crossing };
    this.#task = task;
    this.#isParked = false;
    if (task.response.destroyed) return this.#onClientClose();
    this.#watchClient();
    const kept = this.#kept;
    this.#kept = undefined;
    this.#events?.attach(task);
    kept?.();
  }

  drop(): void {
    this.#isParked = false;
    this.#giveUp();
  }

  cancel(): void {
    if (this.#ended) return;
    const { response } = this.#task;
    const writer = this.#events?.writer ?? this.#writer;
    // A call that was cancelled gets no answer, but its HTTP request has to end.
    if (writer === undefined && !response.headersSent) new SseWriter(response).end();
    else writer?.end();
    this.#giveUp();
  }

  onHead(head: AnswerHead): void {
    this.#guard(() => this.#takeHead(head));
  }

  onChunk(chunk: Buffer): void {
    this.#guard(() => this.#takeChunk(chunk));
  }

  onEnd(): void {
    this.#guard(() => this.#takeEnd());
  }

  onFailure(failure: UpstreamFailure): void {
    if (this.#ended || this.#failing || this.#isAsking) return;
    const { upstream, callClass } = this.#task;
    if (failure.kind !== 'aborted') upstream.reportFailure(callClass, failure.kind);
    if (this.#mayRetry(failure)) return this.#retry();
    this.#settle(() => this.#fail({ kind: 'transport', failure }));
  }

  #takeHead(head: AnswerHead): void {
    this.#head = head;
    const { upstream, callClass } = this.#task;
    if (head.status >= 500) upstream.reportFailure(callClass, 'response');
    else upstream.reportAnswer(callClass);
    if (isEncoded(head)) this.#fail({ kind: 'invalid', reason: 'the answer is compressed, which was not asked for' });
    else if (head.status === 200 && isEventStream(head)) this.#events = this.#openEvents();
  }

  #takeChunk(chunk: Buffer): void {
    if (this.#ended || this.#failing || this.#isAsking) return;
    if (this.#events !== undefined) this.#events.push(chunk);
    else if (this.#body !== undefined) this.#body.push(chunk);
    else this.#hold(chunk);
  }

  #takeEnd(): void {
    if (this.#ended || this.#isAsking) return;
    if (this.#events !== undefined) this.#events.finish();
    else if (this.#body !== undefined) this.#body.finish();
    else this.#answerHeld();
  }

  /** A bug of ours in the middle of an answer ends this call, not the process, and not in silence. */
  #guard(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#context.log.error({ err: error, server: this.#task.upstream.name }, 'relay.failed');
      this.#fail({ kind: 'invalid', reason: 'a bug of the gateway' });
    }
  }

  #send(): void {
    this.#attempt += 1;
    this.#exchange = this.#task.upstream.send(this.#task.request, this);
  }

  /** Once if no byte of the request left; twice if repeating does no harm and no byte of an answer came. Never after a time-out. */
  #mayRetry({ kind, requestWritten, answerStarted }: UpstreamFailure): boolean {
    const { isRepeatable, request, upstream } = this.#task;
    if (kind !== 'connection' || answerStarted || request.isStream === true) return false;
    const attemptsMax = isRepeatable ? 1 + RETRY_DELAYS_MS.length : requestWritten ? 1 : 2;
    return this.#attempt < attemptsMax && upstream.retries.spend();
  }

  #retry(): void {
    const fullMs = RETRY_DELAYS_MS[this.#attempt - 1] ?? 0;
    this.#context.clock.schedule(fullMs * (0.5 + this.#context.random() / 2), () => {
      if (!this.#ended) this.#send();
    });
  }

  #openEvents(): EventStream {
    return new EventStream(this.#task, {
      streams: this.#context.streams,
      writer: this.#writer,
      onAsked: (message) => this.#park(message),
      onWaiting: () => this.#exchange?.allowSilence(),
      onQuestion: (question, message) => this.#putQuestion(question, message),
      headers: this.#extraHeaders(),
      pause: () => this.#exchange?.pause(),
      resume: () => this.#exchange?.resume(),
      abort: () => this.#exchange?.abort('aborted'),
      onAnswer: (text) => {
        this.#answerText(Buffer.from(text, 'utf8'));
        this.#exchange?.abort('aborted');
      },
      onCrossed: (answered, outcome) =>
        this.#settle(() => {
          const answer = answered();
          const status = this.#task.crossing?.statusOf(answer) ?? 200;
          this.#finish(outcome, this.#sendWhole({ status, body: JSON.stringify(answer) }));
          this.#exchange?.abort('aborted');
        }),
      onEnd: (end, bytes) => this.#settle(() => this.#finish(end, bytes)),
      onBroken: (failure) => this.#settle(() => this.#fail(failure)),
      guard: (step) => this.#guard(step),
    });
  }

  #hold(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes <= HELD_BYTES_MAX) return;
    if (this.#heldBytes > ANSWER_BYTES_MAX) this.#fail({ kind: 'invalid', reason: 'the answer is larger than 32 MiB' });
    else if (this.#canStream()) this.#body = this.#openBody();
  }

  /** A large answer that needs no renaming is passed on as it comes; any other one is held whole. */
  #canStream(): boolean {
    return this.#task.id !== undefined && this.#task.passesLarge && this.#head.status === 200 && isJson(this.#head);
  }

  #openBody(): BodyStream {
    const body = new BodyStream(this.#task, {
      headers: { ...lengthOf(this.#head), ...this.#extraHeaders() },
      pause: () => this.#exchange?.pause(),
      resume: () => this.#exchange?.resume(),
      onEnd: (end, bytes) => this.#finish(end, bytes),
      onBroken: (failure) => this.#fail(failure),
    });
    for (const held of this.#chunks) body.push(held);
    this.#chunks = [];
    return body;
  }

  #answerHeld(): void {
    const bytes = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks);
    const { status } = this.#head;
    if (this.#task.id === undefined && status < 300) return this.#acknowledge(bytes);
    if (status === 401 || status === 403 || status === 429) return this.#failStatus();
    if (status === 404 && this.#task.renew !== undefined && !this.#isRenewed) return this.#renew(this.#task.renew());
    this.#answerText(bytes);
  }

  /** An unknown session means that nothing was done, so the call is sent again in a new one, once. */
  #renew(request: Promise<UpstreamRequest>): void {
    this.#isRenewed = true;
    this.#chunks = [];
    this.#heldBytes = 0;
    void request.then(
      (renewed) => this.#sendAgain(renewed),
      () => this.#failUnread('the server opens no session'),
    );
  }

  #sendAgain(renewed: UpstreamRequest): void {
    if (this.#ended) return;
    this.#isAsking = false;
    this.#exchange = this.#task.upstream.send(renewed, this);
  }

  /** What a notification or a DELETE gets: the server's status, and its body if it has one. */
  #acknowledge(body: Buffer): void {
    const { response } = this.#task;
    const { status } = this.#head;
    const headers = this.#extraHeaders();
    const bytes =
      body.length === 0 ? sendEmpty(response, status, headers) : sendJson(response, { status, body, headers });
    this.#finish({ outcome: 'ok' }, bytes);
  }

  #answerText(bytes: Buffer): void {
    const { id, response, crossing } = this.#task;
    const text = bytes.toString('utf8');
    const answer: ReadAnswer = readAnswer(text, crossing?.sentId ?? id ?? '');
    if (!answer.ok) return this.#failUnread(answer.reason);
    if (crossing !== undefined) return this.#answerCrossed(crossing, text, answer);
    const status = this.#head.status >= 500 ? 200 : this.#head.status;
    const body = this.#shown(text, answer);
    this.#finish(answer.outcome, sendJson(response, { status, body, headers: this.#extraHeaders() }));
  }

  #answerCrossed(crossing: Crossing, text: string, answer: GoodAnswer): void {
    const { rewrite } = this.#task;
    const exact = exactMessage(text, answer);
    const question = crossing.question(exact);
    if (question !== undefined) return this.#putQuestion(question, exact);
    const crossed = crossing.answer(rewrite === undefined ? exact : rewrite(exact));
    this.#finish(
      outcomeOf(crossed),
      this.#sendWhole({ status: crossing.statusOf(crossed), body: JSON.stringify(crossed) }),
    );
  }

  /** Asks the client on the stream of its call, and calls again with what it said. */
  #putQuestion({ messages, next }: Question, asked: JsonObject): void {
    const { response, owner, crossing, upstream } = this.#task;
    const writer = this.#events?.writer ?? this.#writer ?? new SseWriter(response, this.#extraHeaders());
    this.#writer = writer;
    this.#isAsking = true;
    this.#events?.close();
    this.#events = undefined;
    this.#chunks = [];
    this.#heldBytes = 0;
    for (const message of messages) writer.write({ event: 'message', data: JSON.stringify(message) });
    const forget = this.#context.streams.add({
      owner,
      server: upstream.name,
      isEndless: false,
      keepAlive: () => writer.comment(),
      end: () => this.cancel(),
    });
    const stopWaiting = this.#context.clock.schedule(ASK_MS_MAX, () => this.#fail(unanswered));
    const forgetAll = (): void => {
      forget();
      stopWaiting();
    };
    next.finally(forgetAll).then(
      (request) => this.#sendAgain(request),
      () => {
        const crossed = crossing?.answer(asked) ?? asked;
        this.#finish(outcomeOf(crossed), this.#sendWhole({ status: 200, body: JSON.stringify(crossed) }));
      },
    );
  }

  /** The client is asked instead of answered, and its request ends; the server waits until it comes back (03 §3). */
  #park(message: JsonObject): boolean {
    const { crossing } = this.#task;
    if (this.#isParked) {
      this.#kept ??= () => void this.#park(message);
      return true;
    }
    const answer = crossing?.park(message, this);
    if (answer === undefined) return false;
    const bytes = this.#sendParked(answer);
    this.#isParked = true;
    this.#exchange?.allowSilence();
    const { onEnd } = this.#task;
    // This request has its record; what comes belongs to the one that takes its place.
    this.#task = { ...this.#task, onEnd() {} };
    this.#events?.attach(this.#task);
    onEnd({ outcome: 'ok', bytes });
    return true;
  }

  #sendParked(answer: JsonObject): number {
    const body = JSON.stringify(answer);
    const writer = this.#events?.writer;
    if (writer === undefined) return sendJson(this.#task.response, { status: 200, body });
    writer.write({ event: 'message', data: body });
    writer.end();
    return writer.bytesWritten;
  }

  /** Runs the end of a call now, or when the client has come back. */
  #settle(end: () => void): void {
    if (this.#isParked) this.#kept ??= end;
    else end();
  }

  #watchClient(): void {
    const { response } = this.#task;
    response.once('close', () => {
      if (response === this.#task.response && !this.#isParked) this.#onClientClose();
    });
  }

  /** Sends an answer as JSON, or as the last event where the client's stream has begun. Returns its bytes. */
  #sendWhole(answer: JsonAnswer): number {
    if (this.#ended || this.#task.response.destroyed) return 0;
    if (this.#writer === undefined) return sendJson(this.#task.response, answer);
    this.#writer.write({ event: 'message', data: answer.body.toString() });
    this.#writer.end();
    return this.#writer.bytesWritten;
  }

  /** The text as it came, unless a URI has to be renamed or the id was lost. */
  #shown(text: string, answer: GoodAnswer): string {
    const { rewrite, id } = this.#task;
    if (answer.hasNullId) return JSON.stringify({ ...answer.message, id: id ?? null });
    // The text and not the bytes: Node sends head and text in one write, which costs less than the copy.
    if (rewrite === undefined || !mayHoldUri(text)) return text;
    return JSON.stringify(rewrite(exactMessage(text, answer)));
  }

  #failUnread(reason: string): void {
    if (this.#head.status >= 400) this.#failStatus();
    else this.#fail({ kind: 'invalid', reason });
  }

  #failStatus(): void {
    const { status, headers } = this.#head;
    this.#fail({ kind: 'status', status, retryAfter: headers['retry-after'] });
  }

  /** Says what failed: in the stream when it has begun, else as the whole answer. */
  #fail(failure: RelayFailure): void {
    if (this.#ended || this.#failing) return;
    this.#failing = true;
    if (failure.kind === 'transport' && failure.failure.kind === 'timeout') this.#task.crossing?.cancel();
    if (failure.kind === 'invalid') this.#task.upstream.reportFailure(this.#task.callClass, 'response');
    this.#exchange?.abort('aborted');
    const { response } = this.#task;
    const answer = this.#task.explain(failure);
    const outcome: CallOutcome = { outcome: 'failed', code: answer.code };
    if (this.#events?.hasBegun === true) return this.#finish(outcome, this.#events.breakOff(answer.body));
    if (!response.headersSent || this.#writer !== undefined) return this.#finish(outcome, this.#sendWhole(answer));
    // A body of which a part has left cannot be taken back: a cut connection is the only honest end.
    response.destroy();
    this.#finish(outcome, this.#body?.bytesSent ?? 0);
  }

  #onClientClose(): void {
    if (!this.#ended) this.#giveUp();
  }

  #giveUp(): void {
    this.#finish({ outcome: 'failed', code: 'CALL_CANCELLED' }, this.#events?.bytesSent ?? this.#body?.bytesSent ?? 0);
    this.#task.crossing?.cancel();
    this.#exchange?.abort('aborted');
  }

  #finish(end: CallOutcome, bytes: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#events?.close();
    this.#task.crossing?.close();
    this.#task.onEnd({ ...end, bytes });
  }

  #extraHeaders(): Readonly<Record<string, string>> {
    return this.#task.answerHeaders?.(this.#head) ?? {};
  }
}

const unanswered: RelayFailure = {
  kind: 'transport',
  failure: { kind: 'timeout', requestWritten: true, answerStarted: true, reason: 'the client did not answer' },
};

type GoodAnswer = Extract<ReadAnswer, { ok: true }>;

/** The message with every number as the server wrote it (04 G-12). */
function exactMessage(text: string, { message }: GoodAnswer): JsonObject {
  const exact = parseExact(text);
  return isJsonObject(exact) ? exact : message;
}

function isEventStream({ headers }: AnswerHead): boolean {
  return headers['content-type']?.startsWith('text/event-stream') === true;
}

function isJson({ headers }: AnswerHead): boolean {
  return headers['content-type']?.startsWith('application/json') === true;
}

function isEncoded({ headers }: AnswerHead): boolean {
  const encoding = headers['content-encoding'];
  return encoding !== undefined && encoding !== 'identity';
}

function lengthOf({ headers }: AnswerHead): Readonly<Record<string, string>> {
  const length = headers['content-length'];
  return length === undefined ? {} : { 'Content-Length': length };
}
