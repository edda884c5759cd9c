import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { rpcCode, type DoorRefusal, type JsonRpcErrorBody } from '@fairlead/server-kit/mcp';
import type { Clock } from '@fairlead/server-kit/runtime';
import { toLine } from '../raw-json/to-line.ts';
import type { AnswerSink } from './answer-sink.ts';
import { bridgeRefusals } from './bridge-error.ts';
import { ChildLink, type ClientRequest, type UnaskedMessage } from './child-link.ts';
import type { ChildReports } from './child-reports.ts';
import { EventLog, parseEventId } from './event-log.ts';
import { EventStream } from './event-stream.ts';
import { PostAnswer } from './post-answer.ts';
import type { StdioChild } from './stdio-child.ts';

/** What a session is made of. */
export interface SessionOptions {
  readonly child: StdioChild;
  readonly clock: Clock;
  readonly reports: ChildReports;
}

const getKey = 'get';
/** A client that lost its connection may come back for the answer for this long. */
const resumeWithinMs = 5 * 60_000;

/** Notices that no call causes; they go to the GET stream, where clients of the 2025 revisions expect them. */
const ownNotices: ReadonlySet<string> = new Set([
  'notifications/tools/list_changed',
  'notifications/prompts/list_changed',
  'notifications/resources/list_changed',
  'notifications/resources/updated',
  'notifications/tasks/status',
]);

/**
 * One legacy session: one client, one server process. What the server says of itself goes to the newest open call that
 * can hear it, else to the GET stream, where it waits for a listener. A stdio server does not say what belongs to which
 * call; with one client a process, nobody else can get it.
 */
export class BridgeSession {
  readonly id: string = randomBytes(16).toString('hex');
  /** Resolves with the way in which the server ended. */
  readonly ended: Promise<string>;
  readonly #child: StdioChild;
  readonly #clock: Clock;
  readonly #link: ChildLink;
  readonly #log = new EventLog();
  readonly #getStream: EventStream;
  readonly #posts = new Set<PostAnswer>();
  #lastUsedMs: number;
  #lastStream = 0;

  constructor({ child, clock, reports }: SessionOptions) {
    this.#child = child;
    this.#clock = clock;
    this.#lastUsedMs = clock.monotonicMs();
    this.ended = child.ended;
    this.#getStream = new EventStream({ key: getKey, log: this.#log, clock });
    this.#link = new ChildLink({ child, reports, onUnasked: (message) => this.#placeUnasked(message) });
  }

  /** Milliseconds since somebody used the session; 0 while a call or the GET stream is open. */
  get idleMs(): number {
    if (this.#link.openCount > 0 || this.#getStream.isAttached) return 0;
    return this.#clock.monotonicMs() - this.#lastUsedMs;
  }

  get openCount(): number {
    return this.#link.openCount;
  }

  /** Sends the client's `initialize`; the sink gets the server's answer. */
  initialize(request: ClientRequest, sink: AnswerSink): void {
    this.#link.request(request, sink);
  }

  /** Serves one request of the client. */
  request(request: ClientRequest, response: ServerResponse): DoorRefusal | undefined {
    this.#touch();
    if (this.#link.isBusy) return bridgeRefusals.busy();
    this.#lastStream += 1;
    const stream = new EventStream({ key: `p${this.#lastStream}`, log: this.#log, clock: this.#clock });
    let cancelLate = noTimer;
    const post: PostAnswer = new PostAnswer({
      response,
      stream,
      clock: this.#clock,
      acceptsStream: true,
      // A legacy disconnect alone is no cancel (03 P-07): the client may come back for the rest.
      onGone: () => {
        cancelLate = this.#clock.schedule(resumeWithinMs, () => this.#link.cancel(number));
      },
      onDone: () => {
        cancelLate();
        this.#posts.delete(post);
        this.#touch();
      },
    });
    this.#posts.add(post);
    const number = this.#link.request(request, post);
    return undefined;
  }

  /** Passes on a notification or an answer of the client. */
  forward(text: string): void {
    this.#touch();
    this.#link.forward(text);
  }

  /** Passes on `notifications/cancelled`. */
  cancel(text: string, requestId: unknown): void {
    this.#touch();
    this.#link.forwardCancel(text, requestId);
  }

  /** Opens the session's stream, or goes on with one that broke off. */
  listen(response: ServerResponse, lastEventId: string | undefined): DoorRefusal | undefined {
    this.#touch();
    if (lastEventId !== undefined) return this.#resume(response, lastEventId);
    if (this.#getStream.isAttached) return secondStream;
    this.#getStream.attach(response);
    return undefined;
  }

  /** Ends the streams that wait for news; open calls go on. */
  endListening(): void {
    this.#getStream.end();
  }

  /** Ends the session with its server. Calls that are still open are answered with the error. */
  async end(error?: JsonRpcErrorBody): Promise<void> {
    if (error !== undefined) this.#link.failAll(error);
    this.#getStream.end();
    await this.#child.stop();
  }

  #touch(): void {
    this.#lastUsedMs = this.#clock.monotonicMs();
  }

  #resume(response: ServerResponse, lastEventId: string): DoorRefusal | undefined {
    const last = parseEventId(lastEventId);
    if (last === undefined) return unknownEvent;
    const open = [this.#getStream, ...[...this.#posts].map(({ stream }) => stream)];
    const ended = new EventStream({ key: last.stream, log: this.#log, clock: this.#clock });
    const stream = open.find(({ key }) => key === last.stream) ?? ended;
    stream.attach(response, last.sequence);
    if (stream === ended) stream.end();
    return undefined;
  }

  #placeUnasked({ kind, method, text }: UnaskedMessage): void {
    const isOwn = kind === 'notification' && ownNotices.has(method);
    const post = isOwn ? undefined : [...this.#posts].findLast(({ takesNotices }) => takesNotices);
    if (post === undefined) this.#getStream.send(toLine(text));
    else post.notify(text);
  }
}

function noTimer(): void {
  // No timer runs.
}

const secondStream: DoorRefusal = {
  status: 409,
  code: rpcCode.methodNotAllowed,
  message: 'The stream of this session is open already. Close it, or send Last-Event-ID to go on with it.',
};
const unknownEvent: DoorRefusal = {
  status: 400,
  code: rpcCode.invalidRequest,
  message: 'Last-Event-ID is none of this session. Leave it out.',
};
