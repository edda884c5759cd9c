import { z } from 'zod';

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
};

const message = z.looseObject({
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.looseObject({}).optional(),
  error: z.looseObject({ code: z.number(), message: z.string() }).optional(),
});

/** One JSON-RPC message as it came over the wire. */
export type WireMessage = z.infer<typeof message>;

/** What a request was answered with. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly messages: readonly WireMessage[];
  /** The last message: the answer itself. */
  readonly last: WireMessage;
}

/** How one request differs from the usual one. */
export interface RequestOptions {
  readonly id?: string | number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

/** Sends a modern request with all its headers. */
export async function modern(
  server: { url: string; key: string },
  request: { method: string; params?: Record<string, unknown> },
  options: RequestOptions = {},
): Promise<WireAnswer> {
  const { method, params = {} } = request;
  const name = params['name'] ?? params['uri'];
  return send(
    server,
    { jsonrpc: '2.0', id: options.id ?? 1, method, params: { ...params, _meta: { ...envelope, ...options.meta } } },
    {
      ...options,
      headers: {
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': method,
        ...(typeof name === 'string' && { 'mcp-name': name }),
        ...options.headers,
      },
    },
  );
}

/** Sends a legacy request; a session by `mcp-session-id` in the headers. */
export async function legacy(
  server: { url: string; key: string },
  request: { method: string; params?: Record<string, unknown> },
  options: RequestOptions = {},
): Promise<WireAnswer> {
  const { meta } = options;
  const params = meta === undefined ? request.params : { ...request.params, _meta: meta };
  return send(
    server,
    { jsonrpc: '2.0', id: options.id ?? 1, method: request.method, ...(params !== undefined && { params }) },
    options,
  );
}

/** Sends any body. */
export async function send(
  server: { url: string; key: string },
  body: unknown,
  options: RequestOptions = {},
): Promise<WireAnswer> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${server.key}`,
      ...options.headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(options.signal !== undefined && { signal: options.signal }),
  });
  const messages = parseMessages(await response.text());
  return { status: response.status, headers: response.headers, messages, last: messages.at(-1) ?? {} };
}

function parseMessages(text: string): readonly WireMessage[] {
  if (text === '') return [];
  if (text.startsWith('{')) return [message.parse(JSON.parse(text))];
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: ') && line.length > 'data: '.length)
    .map((line) => message.parse(JSON.parse(line.slice('data: '.length))));
}
