import {
  envelopeKeys,
  isRecord,
  type JsonRpcErrorBody,
  type JsonRpcId,
  type JsonRpcRequest,
} from '@fairlead/server-kit/mcp';
import type { LongLine } from '../lines/line-splitter.ts';
import { readLongLineId } from '../lines/long-line-id.ts';
import { DoubledKeyError } from '../raw-json/find-span.ts';
import { replaceValues } from '../raw-json/replace-values.ts';
import { toLine } from '../raw-json/to-line.ts';
import { readStdioMessage, type StdioMessage } from '../stdio/stdio-message.ts';
import type { AnswerSink } from './answer-sink.ts';
import { bridgeErrors, toErrorText } from './bridge-error.ts';
import type { ChildReports } from './child-reports.ts';
import type { StdioChild } from './stdio-child.ts';

/** A request of a client, as it came and as it was read. */
export interface ClientRequest {
  readonly text: string;
  readonly message: JsonRpcRequest;
}

/** A message that the server sent of itself: it belongs to no open request. */
export type UnaskedMessage = Extract<StdioMessage, { kind: 'request' | 'notification' }>;

/** What a link works with. */
export interface LinkOptions {
  readonly child: StdioChild;
  readonly reports: ChildReports;
  readonly onUnasked: (message: UnaskedMessage) => void;
}

interface OpenRequest {
  readonly id: JsonRpcId;
  readonly method: string;
  readonly token: JsonRpcId | undefined;
  readonly isTask: boolean;
  readonly sink: AnswerSink;
}

const openMax = 256;
const taskTokensMax = 256;
const tokenPath = ['params', '_meta', 'progressToken'];
const progressPath = ['params', 'progressToken'];
const noticeTagPath = ['params', '_meta', envelopeKeys.subscriptionId];
const resultTagPath = ['result', '_meta', envelopeKeys.subscriptionId];

/**
 * The conversation with one server. Requests of many clients go over it: each gets an id and a progress token of its own,
 * and the client's come back with what belongs to it (03 P-01, C4, C5). All else in a message stays true to the byte.
 */
export class ChildLink {
  readonly #options: LinkOptions;
  readonly #open = new Map<number, OpenRequest>();
  /** Tokens of calls that go on as a task: their progress comes after the answer. */
  readonly #taskTokens = new Map<number, JsonRpcId>();
  #nextId = 1;

  constructor(options: LinkOptions) {
    this.#options = options;
    const { child, reports } = options;
    child.listen({
      line: (text) => this.#accept(text),
      tooLong: (line) => this.#acceptTooLong(line),
      errorLine: (text) => reports.wrote(child.pid, text),
    });
    void child.ended.then((reason) => this.failAll(bridgeErrors.ended(reason)));
  }

  get openCount(): number {
    return this.#open.size;
  }

  /** Whether another request would be one too many. */
  get isBusy(): boolean {
    return this.#open.size >= openMax || this.#options.child.isOverfull;
  }

  /** Sends a request, and answers the number by which it can be cancelled. */
  request({ text, message }: ClientRequest, sink: AnswerSink): number {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#open.set(id, {
      id: message.id,
      method: message.method,
      token: tokenOf(message),
      isTask: message.params?.['task'] !== undefined,
      sink,
    });
    const json = String(id);
    this.#send(
      replaceValues(text, [
        { path: ['id'], json },
        { path: tokenPath, json },
      ]),
    );
    return id;
  }

  /** Sends a notification or an answer of the client as it is. */
  forward(text: string): void {
    this.#send(text);
  }

  /** Passes on the client's own `notifications/cancelled`, and forgets the newest open request with that id. */
  forwardCancel(text: string, requestId: unknown): void {
    const found = [...this.#open].findLast(([, request]) => request.id === requestId);
    if (found === undefined || found[1].method === 'initialize') return;
    this.#send(replaceValues(text, [{ path: ['params', 'requestId'], json: String(found[0]) }]));
    this.#forget(found[0])?.sink.abandon();
  }

  /** Tells the server that nobody waits for a request any more. */
  cancel(id: number): void {
    const request = this.#forget(id);
    if (request === undefined) return;
    const params = { requestId: id, reason: 'the client went away' };
    this.#send(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params }));
    request.sink.abandon();
  }

  /** Answers every open request with an error. */
  failAll(error: JsonRpcErrorBody): void {
    for (const id of this.#open.keys()) {
      const request = this.#forget(id);
      request?.sink.finish(toErrorText(request.id, error));
    }
  }

  /** Ends the subscriptions, each with its result (03 S7). */
  endListens(): void {
    for (const [id, request] of this.#open) {
      if (request.method !== 'subscriptions/listen') continue;
      this.#forget(id);
      const result = { resultType: 'complete', _meta: { [envelopeKeys.subscriptionId]: request.id } };
      request.sink.finish(JSON.stringify({ jsonrpc: '2.0', id: request.id, result }));
    }
  }

  #send(text: string): void {
    this.#options.child.send(toLine(text));
  }

  #forget(id: number): OpenRequest | undefined {
    const request = this.#open.get(id);
    this.#open.delete(id);
    return request;
  }

  #accept(line: string): void {
    if (line.trim() === '') return;
    try {
      this.#route(readStdioMessage(line), line);
    } catch (error) {
      if (!(error instanceof DoubledKeyError)) throw error;
      this.#options.reports.broken(this.#options.child.pid, line);
    }
  }

  #route(message: StdioMessage, line: string): void {
    switch (message.kind) {
      case 'broken':
        return this.#options.reports.broken(this.#options.child.pid, line);
      case 'response':
        return this.#answer(message);
      case 'request':
        return this.#options.onUnasked(message);
      case 'notification':
        return this.#notice(message);
    }
  }

  /** An answer to a request that nobody waits for any more is dropped, as the specification has it. */
  #answer({ text, id }: Extract<StdioMessage, { kind: 'response' }>): void {
    if (id === undefined) return this.#options.reports.broken(this.#options.child.pid, text);
    if (typeof id !== 'number') return;
    const request = this.#open.get(id);
    if (request === undefined) return;
    const json = JSON.stringify(request.id);
    const answer = replaceValues(text, [
      { path: ['id'], json },
      { path: resultTagPath, json },
    ]);
    this.#forget(id);
    if (request.isTask && request.token !== undefined) this.#keepTaskToken(id, request.token);
    request.sink.finish(answer);
  }

  #notice(message: Extract<StdioMessage, { kind: 'notification' }>): void {
    const { text, method, params } = message;
    const listen = this.#requestOf(tagOf(params));
    if (listen?.method === 'subscriptions/listen') {
      return listen.sink.notify(replaceValues(text, [{ path: noticeTagPath, json: JSON.stringify(listen.id) }]));
    }
    if (method !== 'notifications/progress') return this.#options.onUnasked(message);
    const request = this.#requestOf(params['progressToken']);
    const token = request?.token ?? this.#taskTokens.get(Number(params['progressToken']));
    // Progress of a call that is over belongs to nobody.
    if (token === undefined) return undefined;
    const restored = replaceValues(text, [{ path: progressPath, json: JSON.stringify(token) }]);
    if (request === undefined) this.#options.onUnasked({ ...message, text: restored });
    else request.sink.notify(restored);
    return undefined;
  }

  /** A tag may have become text on its way through the server. */
  #requestOf(tag: unknown): OpenRequest | undefined {
    return typeof tag === 'number' || typeof tag === 'string' ? this.#open.get(Number(tag)) : undefined;
  }

  #keepTaskToken(id: number, token: JsonRpcId): void {
    this.#taskTokens.set(id, token);
    const [oldest] = this.#taskTokens.keys();
    if (this.#taskTokens.size > taskTokensMax && oldest !== undefined) this.#taskTokens.delete(oldest);
  }

  #acceptTooLong(line: LongLine): void {
    const id = readLongLineId(line);
    const request = typeof id === 'number' ? this.#forget(id) : undefined;
    if (request === undefined) this.#options.reports.broken(this.#options.child.pid, line.head);
    else request.sink.finish(toErrorText(request.id, bridgeErrors.tooLarge(line.bytes)));
  }
}

function tokenOf({ params }: JsonRpcRequest): JsonRpcId | undefined {
  const token = metaOf(params)?.['progressToken'];
  return typeof token === 'string' || typeof token === 'number' ? token : undefined;
}

function tagOf(params: Readonly<Record<string, unknown>>): unknown {
  return metaOf(params)?.[envelopeKeys.subscriptionId];
}

function metaOf(params: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> | undefined {
  const meta = params?.['_meta'];
  return isRecord(meta) ? meta : undefined;
}
