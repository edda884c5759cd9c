import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** One request as the double got it. */
export interface SeenRequest {
  readonly method: string;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The JSON-RPC message of the body. */
  readonly message: { readonly id?: unknown; readonly method?: string; readonly params?: Record<string, unknown> };
}

/** Answers one method by hand. */
export type AnswerByHand = (seen: SeenRequest, response: ServerResponse) => void;

/** What the double lists, and how it answers. */
export interface BackendDoubleOptions {
  readonly tools?: readonly unknown[];
  readonly prompts?: readonly unknown[];
  readonly resources?: readonly unknown[];
  readonly templates?: readonly unknown[];
  /** By method; `tools/call` and the like. What is not there answers an empty result. */
  readonly answers?: Readonly<Record<string, AnswerByHand>>;
  readonly port?: number;
}

/** A double of an MCP server of the modern era: says what a test wants it to say, well-formed or not. */
export interface BackendDouble extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Everything that came, in order. */
  readonly seen: readonly SeenRequest[];
  /** What came for a method. */
  calls(method: string): readonly SeenRequest[];
  /** Requests whose connection the other side closed before they were answered. */
  readonly abandoned: () => number;
  /** Connections that are open now. */
  readonly connections: () => number;
  stop(): Promise<void>;
}

/** Starts a double of a server. */
export async function startBackendDouble(options: BackendDoubleOptions = {}): Promise<BackendDouble> {
  const seen: SeenRequest[] = [];
  let abandoned = 0;
  const server = createServer((request, response) => {
    response.once('close', () => {
      if (!response.writableFinished) abandoned += 1;
    });
    void (async () => {
      const one = toSeen(request, await text(request));
      seen.push(one);
      const byHand = options.answers?.[one.message.method ?? one.method];
      if (byHand === undefined) sendResult(response, one, listed(one, options));
      else byHand(one, response);
    })();
  });
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    port,
    seen,
    calls: (method) => seen.filter(({ message }) => message.method === method),
    abandoned: () => abandoned,
    connections: () => open.size,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Sends a whole JSON-RPC result. */
export function sendResult(response: ServerResponse, { message }: SeenRequest, result: unknown): void {
  sendBody(response, { jsonrpc: '2.0', id: message.id, result });
}

/** Sends any body as JSON. */
export function sendBody(response: ServerResponse, body: unknown, status = 200): void {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

/** Begins a stream of events. */
export function beginEvents(response: ServerResponse): (message: unknown) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  return (message) => void response.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
}

function toSeen(request: IncomingMessage, body: string): SeenRequest {
  const { method = '', headers, rawHeaders } = request;
  return { method, headers, rawHeaders, body, message: body === '' ? {} : JSON.parse(body) };
}

function listed(
  { message }: SeenRequest,
  { tools = [], prompts = [], resources = [], templates = [] }: BackendDoubleOptions,
): unknown {
  const capabilities = { tools: {}, prompts: {}, resources: {}, completions: {} };
  const results: Readonly<Record<string, unknown>> = {
    'server/discover': { supportedVersions: ['2026-07-28'], capabilities, instructions: 'Say anything.' },
    'tools/list': { tools },
    'prompts/list': { prompts },
    'resources/list': { resources },
    'resources/templates/list': { resourceTemplates: templates },
  };
  return {
    resultType: 'complete',
    ...Object(results[message.method ?? ''] ?? { content: [{ type: 'text', text: 'done' }] }),
  };
}
