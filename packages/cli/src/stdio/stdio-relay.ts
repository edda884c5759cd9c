import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';
import { modernHeaders } from '../mcp/protocol.ts';
import { readEventStream } from '../mcp/read-event-stream.ts';
import { LegacySession } from './legacy-session.ts';
import { toErrorMessage, toRefusal } from './relay-error.ts';
import { readStdioMessage, type StdioMessage } from './stdio-message.ts';

/** Where messages go now, and with which key. */
export interface RelayTarget {
  readonly url: string;
  readonly key: string;
}

/** What a relay works with. */
export interface RelayOptions {
  /** @throws CliError when there is no fleet now. */
  readonly target: () => RelayTarget;
  /** Writes one message, without the end of the line. */
  readonly write: (text: string) => void;
  readonly fetch: typeof fetch;
}

type Request = Extract<StdioMessage, { kind: 'request' }>;
type Spoken = Exclude<StdioMessage, { kind: 'broken' }>;

/** How long answers on their way may still take after the client closed its end (01 §6: gone within 2 s). */
const closeWithinMs = 1_000;
const reopenAfterMs = 1_000;

/**
 * Carries one client's messages between its lines and the gateway's HTTP endpoint, in the era that the client speaks.
 * Requests run side by side; only `initialize` is waited for, because it makes the session that the others name.
 */
export class StdioRelay {
  readonly #options: RelayOptions;
  readonly #session = new LegacySession();
  readonly #requests = new Map<string | number, AbortController>();
  readonly #work = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  /** Takes one line of the client. What comes of it is written later. */
  accept(line: string): void {
    const message = readStdioMessage(line);
    if (message.kind === 'broken') {
      this.#options.write(toErrorMessage(null, message.code, message.reason));
      return;
    }
    if (message.kind === 'notification' && this.#isModernCancel(message)) {
      // Over HTTP a modern request is cancelled by closing its response; there is no such notification.
      this.#abort(message.params['requestId']);
      return;
    }
    this.#track(message.kind === 'request' ? this.#relayRequest(message) : this.#relayOneWay(message));
  }

  /** Waits a moment for answers on their way, ends the session and stops everything. */
  async close(): Promise<void> {
    await Promise.race([Promise.allSettled(this.#work), delay(closeWithinMs, undefined, { ref: false })]);
    await this.#endSession();
    this.#closing.abort();
  }

  #isModernCancel({ method, version }: Extract<StdioMessage, { kind: 'notification' }>): boolean {
    return method === 'notifications/cancelled' && (version !== undefined || !this.#session.isBegun);
  }

  #abort(id: unknown): void {
    if (typeof id === 'string' || typeof id === 'number') this.#requests.get(id)?.abort();
  }

  #track(work: Promise<void>): void {
    this.#work.add(work);
    void work.finally(() => this.#work.delete(work));
  }

  async #relayRequest(message: Request): Promise<void> {
    const cancel = new AbortController();
    this.#requests.set(message.id, cancel);
    const signal = AbortSignal.any([cancel.signal, this.#closing.signal]);
    try {
      const response = await this.#send(message, signal);
      await this.#writeAnswer(message, response);
    } catch (error) {
      // A cancelled request gets no answer, in either era.
      if (!signal.aborted) this.#options.write(failureMessage(message.id, error));
    } finally {
      this.#requests.delete(message.id);
    }
  }

  /** A notification or a response: nothing comes back, so nothing can be told of a failure. */
  async #relayOneWay(message: Spoken): Promise<void> {
    const response = await this.#send(message, this.#closing.signal).catch(() => undefined);
    await response?.body?.cancel();
    if (message.kind === 'notification' && message.method === 'notifications/initialized') void this.#listen();
  }

  async #send(message: Spoken, signal: AbortSignal): Promise<Response> {
    if ('version' in message && message.version !== undefined) {
      const headers = { ...modernHeaders(message.method, message.params), 'mcp-protocol-version': message.version };
      return await this.#post(message.text, headers, signal);
    }
    if (message.kind === 'request' && message.method === 'initialize') {
      return await this.#session.begin(message.text, () => this.#post(message.text, {}, signal));
    }
    await this.#session.ready;
    const sent = this.#session.headers();
    const response = await this.#post(message.text, sent, signal);
    if (response.status !== 404 || !this.#session.isNamedBy(sent)) return response;
    // The gateway forgot the session, after a restart for example. The client cannot know, so it is made again here.
    await this.#session.renew(sent, async (text, headers) => await this.#post(text, headers, signal));
    return await this.#post(message.text, this.#session.headers(), signal);
  }

  async #post(body: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
    const { url, key } = this.#options.target();
    const request = { method: 'POST', body, signal, headers: { ...requestHeaders(key), ...headers } };
    try {
      return await this.#options.fetch(url, request);
    } catch (error) {
      throw new CliError(exitCode.unreachable, 'The gateway does not answer.', {
        fix: 'fairlead doctor',
        cause: error,
      });
    }
  }

  async #writeAnswer(message: Request, response: Response): Promise<void> {
    if (response.headers.get('content-type')?.startsWith('text/event-stream') && response.body !== null) {
      const isAnswered = await this.#writeStream(response.body, message.id);
      if (!isAnswered) throw new Error('the gateway ended its answer in the middle');
      return;
    }
    const text = await response.text();
    if (response.ok) this.#write(text);
    else this.#options.write(toRefusal(message.id, response.status, text));
  }

  /** Writes all messages of a stream, and says whether the answer to a request was among them. */
  async #writeStream(stream: AsyncIterable<Uint8Array>, id?: string | number): Promise<boolean> {
    let isAnswered = false;
    for await (const data of readEventStream(stream)) {
      this.#write(data);
      isAnswered ||= isAnswerTo(data, id);
    }
    return isAnswered;
  }

  /** A line break can only stand between tokens, so a space in its place changes no value. */
  #write(text: string): void {
    this.#options.write(text.trim().replaceAll(/[\r\n]+/g, ' '));
  }

  /** The legacy era's stream for what the server says unasked. A server without one answers 405, and that is that. */
  async #listen(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted && this.#session.hasId) {
      const response = await this.#openStream(signal).catch(() => undefined);
      if (response?.status === 405) return;
      if (response?.ok && response.body !== null) await this.#writeStream(response.body).catch(() => false);
      await delay(reopenAfterMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #openStream(signal: AbortSignal): Promise<Response> {
    const { url, key } = this.#options.target();
    const headers = { ...requestHeaders(key), accept: 'text/event-stream', ...this.#session.headers() };
    return await this.#options.fetch(url, { method: 'GET', signal, headers });
  }

  async #endSession(): Promise<void> {
    if (!this.#session.hasId) return;
    try {
      const { url, key } = this.#options.target();
      const headers = { ...requestHeaders(key), ...this.#session.headers() };
      await this.#options.fetch(url, { method: 'DELETE', headers, signal: AbortSignal.timeout(300) });
    } catch {
      // The session ends by itself when it idles; a gateway that is gone has none.
    }
  }
}

function requestHeaders(key: string): Record<string, string> {
  return {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
}

function isAnswerTo(data: string, id: string | number | undefined): boolean {
  const message: unknown = JSON.parse(data);
  return (
    typeof message === 'object' && message !== null && !('method' in message) && 'id' in message && message.id === id
  );
}

function failureMessage(id: string | number, error: unknown): string {
  if (error instanceof CliError) return toErrorMessage(id, -32_000, `${error.message} Fix: ${error.fix}`);
  return toErrorMessage(id, -32_603, error instanceof Error ? error.message : String(error));
}
