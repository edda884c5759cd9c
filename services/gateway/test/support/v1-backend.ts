import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

/** A real server on SDK v1 that keeps a session per client. */
export interface V1Backend extends AsyncDisposable {
  readonly url: string;
  /** Open sessions. */
  readonly sessions: ReadonlyMap<string, StreamableHTTPServerTransport>;
  /** Loses all sessions, as a restart would. */
  forgetSessions(): void;
  /** Streams by GET that were opened and not closed. */
  streams(): number;
  /** Adds a tool to each session's server, which then says that its list changed. */
  addTool(name: string): void;
}

/**
 * Starts a server of the older era: sessions, a stream by GET, a tool that asks its client back.
 *
 * @param createServer makes the server of one session; default one with `echo` and `ask_name`.
 */
export async function startV1Backend(createServer: () => McpServer = createV1Server): Promise<V1Backend> {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const servers = new Set<McpServer>();
  const extraTools: string[] = [];
  let streams = 0;

  async function openSession(): Promise<StreamableHTTPServerTransport> {
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void sessions.set(id, transport),
      onsessionclosed: (id) => void sessions.delete(id),
    });
    const server = createServer();
    for (const name of extraTools) registerExtra(server, name);
    servers.add(server);
    await server.connect(transport);
    return transport;
  }

  const http = createHttpServer((request, response) => {
    void (async () => {
      const body: unknown = request.method === 'POST' ? await json(request) : undefined;
      const id = request.headers['mcp-session-id'];
      if (request.method === 'GET') {
        streams += 1;
        response.once('close', () => (streams -= 1));
      }
      const known = typeof id === 'string' ? sessions.get(id) : undefined;
      if (known !== undefined) return known.handleRequest(request, response, body);
      if (isInitializeRequest(body)) return (await openSession()).handleRequest(request, response, body);
      const status = id === undefined ? 400 : 404;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          jsonrpc: '2.0',
          id: null,
          error: { code: -32_000, message: status === 404 ? 'Session not found' : 'No session' },
        }),
      );
      return undefined;
    })();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = http.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/mcp`,
    sessions,
    forgetSessions: () => sessions.clear(),
    streams: () => streams,
    addTool(name) {
      extraTools.push(name);
      for (const server of servers) registerExtra(server, name);
    },
    async [Symbol.asyncDispose]() {
      for (const server of servers) await server.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function createV1Server(): McpServer {
  const server = new McpServer({ name: 'v1-backend', version: '1.0.0' }, { instructions: 'An older server.' });
  server.registerTool('echo', { description: 'Say it again', inputSchema: { text: z.string() } }, async ({ text }) => ({
    content: [{ type: 'text', text }],
  }));
  server.registerTool('ask_name', { description: 'Ask the client for a name', inputSchema: {} }, async () => {
    const answer = await server.server.elicitInput({
      message: 'What is your name?',
      requestedSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    });
    return { content: [{ type: 'text', text: `Hello, ${String(answer.content?.['name'])}` }] };
  });
  return server;
}

function registerExtra(server: McpServer, name: string): void {
  server.registerTool(name, { description: 'Came later', inputSchema: {} }, async () => ({
    content: [{ type: 'text', text: name }],
  }));
}
