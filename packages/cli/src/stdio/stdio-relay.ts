import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { CliError } from '../cli-error.ts';
import type { ExitCode } from '../exit-code.ts';
import type { ListedTool } from '../mcp/list-tools.ts';
import { modernHeaders } from '../mcp/protocol.ts';
import { readStreamEvents } from '../mcp/read-event-stream.ts';
import type { LongLine } from '../lines/line-splitter.ts';
import { readLongLineId } from '../lines/long-line-id.ts';
import { toLine } from '../raw-json/to-line.ts';
import { GatewayPort, wentAway, type RelayTarget } from './gateway-port.ts';
import { LegacySession } from './legacy-session.ts';
import { readText } from './read-text.ts';
import { toErrorMessage, toRefusal } from './relay-error.ts';
import { SessionMemory } from './session-memory.ts';
import { readStdioMessage, type StdioMessage } from './stdio-message.ts';
import { ToolHeaders } from './tool-headers.ts';

/** What a relay works with. */
export interface RelayOptions {
  /** @throws CliError when there is no fleet now. */
  readonly target: () => RelayTarget;
  /** Writes one message, without the end of the line. Resolves when more may be written. */
  readonly write: (text: string) => Promise<void>;
  readonly fetch: typeof fetch;
  /** All tools of the endpoint, for the schemas that ask for headers. */
  readonly listTools: (signal: AbortSignal) => Promise<readonly ListedTool[]>;
  /** How long a request waits for a gateway that restarts; default 10 s. */
  readonly reconnectMsMax?: number;
}

type Request = Extract<StdioMessage, { kind: 'request' }>;
type Notification = Extract<StdioMessage, { kind: 'notification' }>;
type Spoken = Exclude<StdioMessage, { kind: 'broken' }>;

/** What was read of a stream. */
interface StreamEnd {
  readonly isAnswered: boolean;
  readonly lastEventId: string | undefined;
}

const headerMismatch = -32_020;
const refusedAnswer = z.looseObject({ error: z.looseObject({ code: z.int() }) });
const reconnectMsDefault = 10_000;
/** How long answers on their way may still take after the client closed its end (01 §6: gone within 2 s). */
const closeWithinMs = 1_000;
const endSessionMsMax = 300;
const reopenMsMin = 500;
const reopenMsMax = 30_000;
const resumeTriesMax = 5;

/**
 * Carries one client's messages between its lines and the gateway's HTTP endpoint, in the era that the client speaks.
 * Requests run side by side; only `initialize` is waited for, because it makes the session that the others name.
 */
export class StdioRelay {
  readonly #options: RelayOptions;
  readonly #port: GatewayPort;
  readonly #session = new LegacySession();
  readonly #memory = new SessionMemory();
  readonly #toolHeaders: ToolHeaders;
  readonly #requests = new Map<string | number, AbortController>();
  readonly #work = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #isListening = false;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#port = new GatewayPort({ reconnectMsMax: reconnectMsDefault, ...options });
    this.#toolHeaders = new ToolHeaders(options.listTools);
  }

  /** What the command should end with. */
  get exitCode(): ExitCode {
    return this.#port.exitCode;
  }

  /** Takes one line of the client. What comes of it is written later. */
  accept(line: string): void {
    const message = readStdioMessage(line);
    if (message.kind === 'broken') this.#track(this.#write(toErrorMessage(null, message.code, message.reason)));
    else if (message.kind === 'request') this.#track(this.#relayRequest(message));
    else if (message.kind === 'notification') this.#track(this.#relayNotification(message));
    else this.#track(this.#relayOneWay(message));
  }

  /** Refuses a line that was longer than the bound, under its own id where that can be read. */
  refuseLong(line: LongLine): void {
    const words = `the line has ${line.bytes} bytes, more than a message may have. Send less.`;
    this.#track(this.#write(toErrorMessage(readLongLineId(line) ?? null, -32_600, words)));
  }

  /** Waits a moment for answers on their way, ends the session and stops everything. */
  async close(): Promise<void> {
    await Promise.race([Promise.allSettled(this.#work), delay(closeWithinMs, undefined, { ref: false })]);
    if (this.#session.hasId) {
      // The session ends by itself when it idles; a gateway that is gone has none.
      const signal = AbortSignal.timeout(endSessionMsMax);
      await this.#port.delete(this.#session.headers(), signal).catch(() => undefined);
    }
    this.#closing.abort();
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
      await this.#writeAnswer(message, { response, signal });
    } catch (error) {
      // A cancelled request gets no answer, in either era.
      if (!signal.aborted) await this.#write(failureMessage(message.id, error));
    } finally {
      if (this.#requests.get(message.id) === cancel) this.#requests.delete(message.id);
    }
  }

  /** Nothing comes back for a notification, so nothing can be told of a failure. */
  async #relayNotification(message: Notification): Promise<void> {
    const isCancel = message.method === 'notifications/cancelled';
    // Over HTTP a modern request is cancelled by closing its response; there is no such notification.
    const isModern = message.version !== undefined || !this.#session.isBegun;
    if (!(isCancel && isModern)) await this.#relayOneWay(message);
    if (isCancel) this.#abort(message.params['requestId']);
    if (message.method === 'notifications/initialized') void this.#listen();
  }

  async #relayOneWay(message: Spoken): Promise<void> {
    const response = await this.#send(message, this.#closing.signal).catch(() => undefined);
    await response?.body?.cancel();
  }

  #abort(id: unknown): void {
    if (typeof id === 'string' || typeof id === 'number') this.#requests.get(id)?.abort();
  }

  async #send(message: Spoken, signal: AbortSignal): Promise<Response> {
    if ('version' in message && message.version !== undefined) return await this.#sendModern(message, signal);
    if (message.kind === 'request' && message.method === 'initialize') {
      return await this.#session.begin(message.text, () => this.#port.post(message.text, {}, signal));
    }
    await this.#session.ready;
    if (message.kind === 'request') this.#memory.note(message);
    const sent = this.#session.headers();
    const response = await this.#port.post(message.text, sent, signal);
    if (response.status !== 404 || !this.#session.isNamedBy(sent)) return response;
    await response.body?.cancel();
    await this.#renew(sent);
    return await this.#port.post(message.text, this.#session.headers(), signal);
  }

  /** A modern message names itself in its headers. A call that lacks some of its tool's is refused, and did not run. */
  async #sendModern(message: Request | Notification, signal: AbortSignal): Promise<Response> {
    const { text, method, params, version = '' } = message;
    const post = async (): Promise<Response> => {
      const own = message.kind === 'request' ? this.#toolHeaders.of(message) : {};
      const headers = { ...modernHeaders(method, params), ...own, 'mcp-protocol-version': version };
      return await this.#port.post(text, headers, signal);
    };
    const response = await post();
    if (method !== 'tools/call' || !(await isHeaderMismatch(response))) return response;
    await response.body?.cancel();
    await this.#toolHeaders.refresh(signal);
    return await post();
  }

  /**
   * The gateway forgot the session, after a restart for example. The client cannot know, so the session is made again
   * here, with the log level and the subscriptions that it had; the client reads its lists again.
   */
  async #renew(lost: Readonly<Record<string, string>>): Promise<void> {
    const { signal } = this.#closing;
    const isMade = await this.#session.renew(lost, (text, headers) => this.#port.post(text, headers, signal));
    if (!isMade) return;
    for (const text of this.#memory.restoring()) {
      const response = await this.#port.post(text, this.#session.headers(), signal);
      await response.body?.cancel();
    }
    for (const notice of this.#session.changeNotices()) await this.#write(notice);
    void this.#listen();
  }

  async #writeAnswer(
    message: Request,
    { response, signal }: { readonly response: Response; readonly signal: AbortSignal },
  ): Promise<void> {
    if (isStream(response)) {
      let end = await this.#writeStream(response.body, message.id);
      for (let tries = 1; !end.isAnswered && canResume(end) && tries <= resumeTriesMax; tries += 1) {
        end = await this.#resume(end.lastEventId, { id: message.id, signal, waitMs: reopenMsMin * tries });
      }
      if (!end.isAnswered) throw wentAway();
      return;
    }
    const text = await readText(response).catch((error: unknown) => {
      throw error instanceof RangeError ? error : wentAway(error);
    });
    if (!response.ok) return await this.#write(toRefusal(message.id, response.status, text));
    if (readStdioMessage(text).kind === 'broken') throw new Error('the gateway answered something that is not MCP');
    await this.#write(text);
  }

  /** Goes on with the answer of a call whose connection broke: the server keeps what was missed (03 G3). */
  async #resume(
    lastEventId: string,
    { id, signal, waitMs }: { readonly id: string | number; readonly signal: AbortSignal; readonly waitMs: number },
  ): Promise<StreamEnd> {
    const nothing = { isAnswered: false, lastEventId };
    if (!this.#session.hasId) return { isAnswered: false, lastEventId: undefined };
    await delay(waitMs, undefined, { signal, ref: false });
    const headers = { ...this.#session.headers(), 'last-event-id': lastEventId };
    const response = await this.#port.get(headers, signal).catch(() => undefined);
    if (response === undefined) return nothing;
    // A session that is gone, or a server that keeps nothing, will not answer later either.
    if (!isStream(response)) return { isAnswered: false, lastEventId: undefined };
    const end = await this.#writeStream(response.body, id);
    return { ...end, lastEventId: end.lastEventId ?? lastEventId };
  }

  /** Writes all messages of a stream until it ends or breaks, and says whether the answer to a request was among them. */
  async #writeStream(stream: AsyncIterable<Uint8Array>, id?: string | number): Promise<StreamEnd> {
    let isAnswered = false;
    let lastEventId: string | undefined;
    try {
      for await (const event of readStreamEvents(stream)) {
        lastEventId = event.id ?? lastEventId;
        if (event.data === '') continue;
        const message = readStdioMessage(event.data);
        // Nothing but MCP may be written; a stream that carries anything else is not one of a gateway.
        if (message.kind === 'broken') break;
        await this.#write(event.data);
        isAnswered ||= message.kind === 'response' && message.id === id;
      }
    } catch (error) {
      if (error instanceof RangeError) throw error;
    }
    return { isAnswered, lastEventId };
  }

  async #write(text: string): Promise<void> {
    await this.#options.write(toLine(text));
  }

  /**
   * The legacy era's stream for what the server says unasked; opened again when it breaks, after 0.5 s, doubling to 30 s.
   * A server without one answers 405, and that is that.
   */
  async #listen(): Promise<void> {
    if (this.#isListening) return;
    this.#isListening = true;
    const { signal } = this.#closing;
    let lastEventId: string | undefined;
    let waitMs = reopenMsMin;
    while (!signal.aborted && this.#session.hasId) {
      const sent = this.#session.headers();
      const resume = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
      const response = await this.#port.get({ ...sent, ...resume }, signal).catch(() => undefined);
      if (response?.status === 405) break;
      if (response?.status === 404) {
        lastEventId = undefined;
        await this.#renew(sent).catch(() => undefined);
      } else if (response !== undefined && isStream(response)) {
        waitMs = reopenMsMin;
        lastEventId = (await this.#writeStream(response.body).catch(() => undefined))?.lastEventId ?? lastEventId;
      }
      await delay(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, reopenMsMax);
    }
    this.#isListening = false;
  }
}

async function isHeaderMismatch(response: Response): Promise<boolean> {
  if (response.status !== 400) return false;
  const answer = refusedAnswer.safeParse(
    await response
      .clone()
      .json()
      .catch(() => undefined),
  );
  return answer.success && answer.data.error.code === headerMismatch;
}

function canResume(end: StreamEnd): end is StreamEnd & { readonly lastEventId: string } {
  return end.lastEventId !== undefined;
}

function isStream(response: Response): response is Response & { readonly body: ReadableStream<Uint8Array> } {
  const type = response.headers.get('content-type') ?? '';
  return response.ok && response.body !== null && type.startsWith('text/event-stream');
}

function failureMessage(id: string | number, error: unknown): string {
  if (error instanceof CliError) return toErrorMessage(id, -32_000, `${error.message} Fix: ${error.fix}`);
  return toErrorMessage(id, -32_603, error instanceof Error ? error.message : String(error));
}
