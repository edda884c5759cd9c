import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../runtime/clock.ts';
import { isRecord } from './json-rpc.ts';

const STREAM_AFTER_MS = 10_000;
const eventStream = 'text/event-stream';

/** What the SDK's session transport answered, and where it goes. */
export interface SessionAnswer {
  readonly answer: Response;
  readonly response: ServerResponse;
  /** False for a GET: its stream opens at once. */
  readonly mayBeJson: boolean;
  readonly clock: Clock;
}

/**
 * Sends the answer of a session's transport. The transport answers every request by an event stream; as everywhere else,
 * one that says nothing before its result becomes plain JSON (03 P-04). A client of SDK v1 takes an error at the end of a
 * stream for a broken stream, and tries to resume it.
 */
export async function sendSessionAnswer({ answer, response, mayBeJson, clock }: SessionAnswer): Promise<void> {
  const { body, status } = answer;
  const headers = Object.fromEntries(answer.headers);
  if (body === null) return void response.writeHead(status, headers).end();
  const chunks = new Chunks(body);
  response.once('close', () => chunks.cancel());
  const opening =
    mayBeJson && headers['content-type']?.startsWith(eventStream) === true
      ? await readOpening(chunks, clock)
      : { held: '' };
  if ('result' in opening) {
    const { result } = opening;
    response.writeHead(status, jsonHeaders(headers, result)).end(result);
    return chunks.cancel();
  }
  response.writeHead(status, headers);
  response.flushHeaders();
  if (opening.held !== '') response.write(opening.held);
  await passOn(chunks, response);
}

/** Either the result that came first, or what was read of a stream that has to stay one. */
type Opening = { readonly result: string } | { readonly held: string };

async function readOpening(chunks: Chunks, clock: Clock): Promise<Opening> {
  const late = Promise.withResolvers<undefined>();
  const cancelTimer = clock.schedule(STREAM_AFTER_MS, () => late.resolve(undefined));
  try {
    const decoder = new TextDecoder();
    let held = '';
    for (;;) {
      const chunk = await Promise.race([chunks.peek(), late.promise]);
      if (chunk === undefined) return { held };
      chunks.take();
      held += decoder.decode(chunk, { stream: true });
      const message = firstMessage(held);
      if (message !== undefined) return isResult(message) ? { result: message } : { held };
    }
  } finally {
    cancelTimer();
  }
}

/** The first event that carries a message. The one before it only gives the stream its id. */
function firstMessage(text: string): string | undefined {
  const blocks = text.split('\n\n').slice(0, -1);
  return blocks.map((block) => /^data: (.+)$/m.exec(block)?.[1]).find((data) => data !== undefined);
}

function isResult(message: string): boolean {
  const parsed: unknown = JSON.parse(message);
  return isRecord(parsed) && parsed['method'] === undefined;
}

function jsonHeaders(headers: Readonly<Record<string, string>>, body: string): OutgoingHttpHeaders {
  const id = headers['mcp-session-id'];
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(id !== undefined && { 'mcp-session-id': id }),
  };
}

async function passOn(chunks: Chunks, response: ServerResponse): Promise<void> {
  // A client that goes away in the middle of a stream is no fault.
  await pipeline(remaining(chunks), response).catch(() => response.destroy());
}

async function* remaining(chunks: Chunks): AsyncGenerator<Uint8Array> {
  for (let chunk = await chunks.peek(); chunk !== undefined; chunk = await chunks.peek()) {
    chunks.take();
    yield chunk;
  }
}

/** The chunks of a body, of which the next can be looked at without being taken. */
class Chunks {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #next: Promise<Uint8Array | undefined> | undefined;

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
  }

  /** The next chunk; undefined at the end. */
  peek(): Promise<Uint8Array | undefined> {
    this.#next ??= this.#reader.read().then(({ value }) => value);
    return this.#next;
  }

  /** Goes on to the one behind. */
  take(): void {
    this.#next = undefined;
  }

  /** Tells the transport that nobody reads any more. */
  cancel(): void {
    void this.#reader.cancel().catch(() => undefined);
  }
}
