import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { failureKind, failureReason, type UpstreamFailure } from './upstream-failure.ts';

/** Status and headers of a server's answer. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** Takes one answer. Exactly one of `onEnd` and `onFailure` is called, once, last. */
export interface AnswerConsumer {
  onHead(head: AnswerHead): void;
  onChunk(chunk: Buffer): void;
  onEnd(): void;
  onFailure(failure: UpstreamFailure): void;
}

/** Steers an exchange that runs. */
export interface Exchange {
  /** Ends it and closes its connection; the consumer then hears `onFailure`, unless the answer was complete. */
  abort(reason: ExchangeEnd): void;
  pause(): void;
  resume(): void;
}

/** Why we end an exchange ourselves: `aborted` counts for nobody, the others are the server's fault. */
export type ExchangeEnd = 'aborted' | 'timeout' | 'response';

/** One request and its answer, as undici reports them. */
export class UndiciExchange implements Dispatcher.DispatchHandler, Exchange {
  readonly #consumer: AnswerConsumer;
  readonly #onFinished: (exchange: Exchange) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #end: ExchangeEnd | undefined;
  #answerStarted = false;
  #finished = false;

  /** `onFinished` is called just before the consumer hears of the end. */
  constructor(consumer: AnswerConsumer, onFinished: (exchange: Exchange) => void) {
    this.#consumer = consumer;
    this.#onFinished = onFinished;
  }

  abort(reason: ExchangeEnd): void {
    if (this.#finished || this.#end !== undefined) return;
    this.#end = reason;
    this.#controller?.abort(new Error(reason));
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#end !== undefined) controller.abort(new Error(this.#end));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#answerStarted = true;
    this.#consumer.onHead({ status, headers });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#consumer.onChunk(chunk);
  }

  onResponseEnd(): void {
    if (this.#finished) return;
    this.#finish();
    this.#consumer.onEnd();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.#finished) return;
    this.#finish();
    this.#consumer.onFailure({
      kind: this.#end ?? failureKind(error),
      requestWritten: this.#controller !== undefined,
      answerStarted: this.#answerStarted,
      reason: this.#end ?? failureReason(error),
    });
  }

  #finish(): void {
    this.#finished = true;
    this.#onFinished(this);
  }
}
