import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { createHostGuard } from '@fairlead/server-kit/runtime';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import { createEventLog } from './event-log.ts';
import { createV1Server } from './create-v1-server.ts';

/** Shorter than the SDK's default, so that a client that is told to come back does so within a test's patience. */
const RETRY_MS = 500;

/** The conformance fixture on the real SDK v1: an MCP server as most of them still are, with a session for each client. */
export interface V1Fixture extends AsyncDisposable {
  readonly mcpUrl: string;
}

/** Starts the fixture on a free loopback port. */
export async function startV1Fixture(): Promise<V1Fixture> {
  const sessions = new V1Sessions();
  const http = createServer((request, response) => {
    sessions.serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  // The one narrowing of this module: a TCP server that listens has an address with a port.
  const { port } = http.address() as AddressInfo;
  return {
    mcpUrl: `http://127.0.0.1:${port}/mcp`,
    async [Symbol.asyncDispose]() {
      await sessions.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** The open sessions of the fixture. */
class V1Sessions {
  readonly #open = new Map<string, StreamableHTTPServerTransport>();
  // SDK v1 leaves the check to what stands before it.
  readonly #guard = createHostGuard({ boundHost: '127.0.0.1', allowedHosts: [], allowedOrigins: [] });

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#guard(request.headers) !== 'ok') return refuse(response, 403, 'This Host or Origin is not allowed');
    const body: unknown = request.method === 'POST' ? await json(request) : undefined;
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? this.#open.get(id) : undefined;
    if (known !== undefined) return known.handleRequest(request, response, body);
    // A session that nobody knows is gone; without one only `initialize` makes sense, and the transport says so.
    if (id !== undefined) return refuse(response, 404, 'Session not found');
    const transport = await this.#prepare();
    await transport.handleRequest(request, response, body);
    if (!isInitializeRequest(body)) await transport.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((transport) => transport.close()));
  }

  async #prepare(): Promise<StreamableHTTPServerTransport> {
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void this.#open.set(id, transport),
      onsessionclosed: (id) => void this.#open.delete(id),
      eventStore: createEventLog(),
      retryInterval: RETRY_MS,
    });
    await createV1Server().connect(transport);
    return transport;
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32_001, message } }));
}
