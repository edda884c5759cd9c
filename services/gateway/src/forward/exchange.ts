import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '@fairlead/server-kit/runtime';
import type { Dispatcher } from 'undici';
import type { Bagged } from './bag.ts';
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
  /** The server waits for our client: its silence does not count until it says something again. */
  allowSilence(): void;
}

/** Why we end an exchange ourselves: `aborted` counts for nobody, the others are the server's fault. */
export type ExchangeEnd = 'aborted' | 'timeout' | 'response';

/** How long one exchange may take, in milliseconds; infinite where there is no limit. */
export interface ExchangeLimits {
  /** From the request on the wire to the head of the answer. */
  readonly firstByteMs: number;
  /** Silence within the answer; each byte starts it anew, and time that we do not read in does not count. */
  readonly idleMs: number;
  /** All of it. */
  readonly totalMs: number;
}

/** What an exchange is made of. */
export interface ExchangeOptions {
  readonly limits: ExchangeLimits;
  readonly clock: Clock;
  /** Called just before the consumer hears of the end. */
  readonly onFinished: (exchange: UndiciExchange) => void;
}

/**
 * One request and its answer, as undici reports them. It knows when it is overdue, and whoever holds it looks from time to
 * time. undici's own timeouts make two timers a call, which outlive the young generation.
 */
export class UndiciExchange implements Dispatcher.DispatchHandler, Exchange, Bagged {
  bagIndex = -1;
  readonly #consumer: AnswerConsumer;
  readonly #options: ExchangeOptions;
  readonly #endMs: number;
  #silenceEndMs = Infinity;
  #controller: Dispatcher.DispatchController | undefined;
  #end: ExchangeEnd | undefined;
  #answerStarted = false;
  #finished = false;

  constructor(consumer: AnswerConsumer, options: ExchangeOptions) {
    this.#consumer = consumer;
    this.#options = options;
    this.#endMs = options.clock.monotonicMs() + options.limits.totalMs;
  }

  /** Whether a limit is passed at this time of the clock. */
  isOverdue(nowMs: number): boolean {
    return nowMs >= this.#endMs || nowMs >= this.#silenceEndMs;
  }

  abort(reason: ExchangeEnd): void {
    if (this.#finished || this.#end !== undefined) return;
    this.#end = reason;
    this.#controller?.abort(new Error(reason));
  }

  pause(): void {
    this.#silenceEndMs = Infinity;
    this.#controller?.pause();
  }

  resume(): void {
    this.#listenFor(this.#options.limits.idleMs);
    this.#controller?.resume();
  }

  allowSilence(): void {
    this.#silenceEndMs = Infinity;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#listenFor(this.#options.limits.firstByteMs);
    if (this.#end !== undefined) controller.abort(new Error(this.#end));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#answerStarted = true;
    this.#listenFor(this.#options.limits.idleMs);
    this.#consumer.onHead({ status, headers });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#listenFor(this.#options.limits.idleMs);
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
    this.#options.onFinished(this);
  }

  #listenFor(silenceMs: number): void {
    this.#silenceEndMs = this.#options.clock.monotonicMs() + silenceMs;
  }
}
