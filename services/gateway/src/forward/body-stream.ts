import type { ServerResponse } from 'node:http';
import type { ExtraHeaders } from '../wire/respond.ts';
import { ANSWER_BYTES_MAX, WAITING_BYTES_MAX } from './answer-limits.ts';
import { AnswerScanner } from './answer-scanner.ts';
import type { CallOutcome } from './read-answer.ts';
import type { RelayFailure } from './client-leg.ts';
import type { RelayTask } from './relay-task.ts';

/** What a body stream tells its relay. */
export interface BodyStreamOptions {
  readonly headers: ExtraHeaders;
  pause(): void;
  resume(): void;
  onEnd(outcome: CallOutcome, bytes: number): void;
  onBroken(failure: RelayFailure): void;
}

/** Passes a large JSON answer on as it comes, and reads along: its id has to be ours, and its end has to be whole. */
export class BodyStream {
  readonly #response: ServerResponse;
  readonly #expectedId: string;
  readonly #options: BodyStreamOptions;
  readonly #scanner = new AnswerScanner();
  bytesSent = 0;

  constructor({ response, id }: RelayTask, options: BodyStreamOptions) {
    this.#response = response;
    this.#expectedId = JSON.stringify(id);
    this.#options = options;
    response.writeHead(200, { 'Content-Type': 'application/json', ...options.headers });
  }

  push(chunk: Buffer): void {
    this.#scanner.push(chunk);
    this.bytesSent += chunk.length;
    if (this.bytesSent > ANSWER_BYTES_MAX)
      return this.#options.onBroken({ kind: 'invalid', reason: 'the answer is larger than 32 MiB' });
    this.#response.write(chunk);
    if (this.#response.writableLength <= WAITING_BYTES_MAX) return;
    this.#options.pause();
    this.#response.once('drain', () => this.#options.resume());
  }

  finish(): void {
    const { id, hasError, isToolError, isComplete } = this.#scanner.found;
    if (!isComplete) return this.#options.onBroken({ kind: 'invalid', reason: 'the answer is not whole' });
    if (id !== this.#expectedId)
      return this.#options.onBroken({ kind: 'invalid', reason: 'the answer has the id of another request' });
    this.#response.end();
    this.#options.onEnd({ outcome: hasError ? 'rpc_error' : isToolError ? 'tool_error' : 'ok' }, this.bytesSent);
  }
}
