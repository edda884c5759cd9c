import type { IncomingHttpHeaders } from 'node:http';
import { scanJson } from '../wire/scan-json.ts';
import { SseParser } from '../wire/sse-parser.ts';
import { isJsonObject, type JsonObject } from '../wire/json-value.ts';
import type { AnswerConsumer, AnswerHead, Exchange } from './exchange.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';
import type { UpstreamFailure } from './upstream-failure.ts';

/** Largest answer to a request of our own, such as one page of a list. */
const ANSWER_BYTES_MAX = 8 * 1024 * 1024;

/** What a server answered: its status, and the JSON-RPC answer in the body if there is one. */
export interface ControlAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly message: JsonObject | undefined;
}

/** A request of ours ended without an answer. */
export class ControlFailure extends Error {
  readonly failure: UpstreamFailure;

  constructor(failure: UpstreamFailure) {
    super(`no answer: ${failure.reason}`);
    this.name = 'ControlFailure';
    this.failure = failure;
  }
}

/**
 * Sends a request of the gateway itself and reads the whole answer, from JSON or from a stream. For discovery, never for
 * a client's call.
 *
 * @throws ControlFailure when there is none.
 */
export function callControl(upstream: Upstream, request: UpstreamRequest): Promise<ControlAnswer> {
  return new Promise((resolve, reject) => {
    const reader: AnswerReader = new AnswerReader(resolve, (failure) => reject(new ControlFailure(failure)));
    reader.exchange = upstream.send(request, reader);
  });
}

class AnswerReader implements AnswerConsumer {
  exchange: Exchange | undefined;
  readonly #resolve: (answer: ControlAnswer) => void;
  readonly #reject: (failure: UpstreamFailure) => void;
  #head: AnswerHead = { status: 0, headers: {} };
  #chunks: Buffer[] = [];
  #bytes = 0;
  #parser: SseParser | undefined;
  #answered = false;

  constructor(resolve: (answer: ControlAnswer) => void, reject: (failure: UpstreamFailure) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onHead(head: AnswerHead): void {
    this.#head = head;
    if (!head.headers['content-type']?.startsWith('text/event-stream')) return;
    this.#parser = new SseParser({ onEvent: ({ data }) => this.#onMessage(parseMessage(data ?? '')), onComment() {} });
  }

  onChunk(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > ANSWER_BYTES_MAX) this.exchange?.abort('response');
    else if (this.#parser === undefined) this.#chunks.push(chunk);
    else this.#parser.push(chunk);
  }

  onEnd(): void {
    if (this.#parser === undefined) this.#answer(parseMessage(Buffer.concat(this.#chunks).toString('utf8')));
    else this.#answer(undefined);
  }

  onFailure(failure: UpstreamFailure): void {
    if (!this.#answered) this.#reject(failure);
  }

  /** Of a stream only the answer counts; the rest of it is not waited for. */
  #onMessage(message: JsonObject | undefined): void {
    if (message === undefined || 'method' in message) return;
    this.#answer(message);
    this.exchange?.abort('aborted');
  }

  #answer(message: JsonObject | undefined): void {
    if (this.#answered) return;
    this.#answered = true;
    this.#resolve({ ...this.#head, message });
  }
}

function parseMessage(text: string): JsonObject | undefined {
  // Deeper than any message; comparing and showing it later would overflow the stack.
  if (scanJson(Buffer.from(text, 'utf8')).tooDeepAt !== undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // No JSON is no answer: the status tells the caller what it was.
    return undefined;
  }
}
