import { request, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { clientInfo } from './connect-options.ts';
import { parseServerSentEvents } from './parse-server-sent-events.ts';

/** A JSON-RPC message as it came; unknown fields are kept. */
export const rawMessage = z.looseObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.looseObject({ code: z.number(), message: z.string(), data: z.unknown().optional() }).optional(),
});
export type RawMessage = z.infer<typeof rawMessage>;

/** An HTTP answer, whole. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as it came. */
  readonly text: string;
  /** The JSON-RPC messages in the body, from JSON or from an event stream; empty when there are none. */
  readonly messages: readonly RawMessage[];
}

/** One HTTP request, exactly as given. */
export interface RawRequest {
  /** Default POST. */
  readonly method?: string;
  /** Over the default headers; `undefined` takes a default away. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Sent as it is; anything but text and bytes is sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** One JSON-RPC request. */
export interface RawCall {
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** Default 1. */
  readonly id?: string | number;
  /** Over the headers that the era wants; `undefined` takes one away. */
  readonly headers?: RawRequest['headers'];
  readonly signal?: AbortSignal;
}

/** A legacy session made by {@link RawMcp.initialize}. */
export interface RawSession {
  /** Absent when the server keeps no sessions. */
  readonly sessionId: string | undefined;
  /** The answer to `initialize`. */
  readonly answer: RawAnswer;
  /** Calls a method inside the session. */
  call(call: RawCall): Promise<RawAnswer>;
  /** Sends a notification inside the session. */
  notify(method: string, params?: Readonly<Record<string, unknown>>): Promise<RawAnswer>;
  /** Ends the session by DELETE. */
  end(): Promise<RawAnswer>;
}

/** Plain HTTP to an MCP endpoint, for requests that no SDK would send. */
export interface RawMcp {
  /** Sends one HTTP request and reads the whole answer. */
  send(request: RawRequest): Promise<RawAnswer>;
  /** Calls a method in the modern era (2026-07-28): one request, all facts in headers and `_meta`. */
  modern(call: RawCall): Promise<RawAnswer>;
  /** Calls a method in the legacy era (2025-11-25) without a session. */
  legacy(call: RawCall): Promise<RawAnswer>;
  /** Does the legacy handshake. */
  initialize(options?: { readonly protocolVersion?: string }): Promise<RawSession>;
}

/** The newest revision of each era. */
export const protocolVersions = { legacy: '2025-11-25', modern: '2026-07-28' } as const;

const metaPrefix = 'io.modelcontextprotocol/';

/**
 * Speaks MCP by hand. `headers` go with every request; what a call gives comes after them. Nothing is retried, no
 * redirect is followed, and any header may be sent, also `Host`.
 */
export function rawMcp(url: string, headers: RawRequest['headers'] = {}): RawMcp {
  const send = (raw: RawRequest) =>
    sendRaw(url, { ...raw, headers: { ...defaultHeaders, ...headers, ...raw.headers } });
  const legacy = ({ method, params, id = 1, ...rest }: RawCall) =>
    send({
      ...rest,
      headers: { 'mcp-protocol-version': protocolVersions.legacy, ...rest.headers },
      body: { jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) },
    });
  return {
    send,
    legacy,
    modern: (call) => send(modernRequest(call)),
    initialize: ({ protocolVersion = protocolVersions.legacy } = {}) => initialize({ send, legacy }, protocolVersion),
  };
}

const defaultHeaders = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' } as const;

function modernRequest({ method, params = {}, id = 1, headers, ...rest }: RawCall): RawRequest {
  const name = params['name'] ?? params['uri'];
  const meta = {
    [`${metaPrefix}protocolVersion`]: protocolVersions.modern,
    [`${metaPrefix}clientInfo`]: clientInfo,
    [`${metaPrefix}clientCapabilities`]: {},
    ...z.record(z.string(), z.unknown()).default({}).parse(params['_meta']),
  };
  return {
    ...rest,
    headers: {
      'mcp-protocol-version': protocolVersions.modern,
      'mcp-method': method,
      ...(typeof name === 'string' ? { 'mcp-name': name } : {}),
      ...headers,
    },
    body: { jsonrpc: '2.0', id, method, params: { ...params, _meta: meta } },
  };
}

async function initialize(raw: Pick<RawMcp, 'send' | 'legacy'>, protocolVersion: string): Promise<RawSession> {
  const answer = await raw.send({
    body: {
      jsonrpc: '2.0',
      id: 'initialize',
      method: 'initialize',
      params: { protocolVersion, capabilities: {}, clientInfo },
    },
  });
  const header = answer.headers['mcp-session-id'];
  const sessionId = typeof header === 'string' ? header : undefined;
  const inSession = { 'mcp-protocol-version': protocolVersion, 'mcp-session-id': sessionId };
  const notify: RawSession['notify'] = (method, params) =>
    raw.send({ headers: inSession, body: { jsonrpc: '2.0', method, ...(params === undefined ? {} : { params }) } });
  if (answer.status === 200) await notify('notifications/initialized');
  return {
    sessionId,
    answer,
    notify,
    call: (call) => raw.legacy({ ...call, headers: { ...inSession, ...call.headers } }),
    end: () => raw.send({ method: 'DELETE', headers: inSession }),
  };
}

async function sendRaw(url: string, { method = 'POST', headers = {}, body, signal }: RawRequest): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const options = { method, headers: toOutgoing(headers), agent: false, ...(signal === undefined ? {} : { signal }) };
  const outgoing = request(url, options, (response) => {
    readAnswer(response).then(resolve, reject);
  });
  outgoing.on('error', reject);
  outgoing.end(toBytes(body));
  return promise;
}

async function readAnswer(response: IncomingMessage): Promise<RawAnswer> {
  const { statusCode: status = 0, headers } = response;
  const received = await text(response);
  return { status, headers, text: received, messages: toMessages(headers, received) };
}

function toOutgoing(headers: NonNullable<RawRequest['headers']>): OutgoingHttpHeaders {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === 'string' ? value : [...value]] as const],
  );
  return Object.fromEntries(given);
}

function toBytes(body: unknown): string | Uint8Array | undefined {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return body;
  return JSON.stringify(body);
}

function toMessages(headers: IncomingHttpHeaders, received: string): readonly RawMessage[] {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('text/event-stream')) {
    // The first event of a resumable stream carries an id and no data.
    const events = parseServerSentEvents(received).filter((event) => event.data !== '');
    return events.map((event) => rawMessage.parse(JSON.parse(event.data)));
  }
  const isJson = type.startsWith('application/json');
  const parsed = isJson ? z.union([rawMessage, z.array(rawMessage)]).safeParse(JSON.parse(received)) : undefined;
  if (parsed?.success !== true) return [];
  return Array.isArray(parsed.data) ? parsed.data : [parsed.data];
}
