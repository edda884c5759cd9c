import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { z } from 'zod';

/** A real server on SDK v2, with its stock handler: both eras, no sessions. */
export interface V2Backend extends AsyncDisposable {
  readonly url: string;
}

/** What a server on SDK v2 serves. */
export interface V2BackendOptions {
  /** Makes the server of one request; default one with a few of everything. */
  readonly createServer?: () => McpServer;
  /** Takes no clients of the older era. */
  readonly isModernOnly?: boolean;
}

/** Starts a third-party server of the kind that most people will write. */
export async function startV2Backend(options: V2BackendOptions = {}): Promise<V2Backend> {
  const { createServer = createV2Server, isModernOnly = false } = options;
  const handler = createMcpHandler(createServer, { legacy: isModernOnly ? 'reject' : 'stateless' });
  const serve = toNodeHandler(handler);
  const http = createHttpServer((request, response) => {
    if (hasMethod(request)) void serve(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = http.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/mcp`,
    async [Symbol.asyncDispose]() {
      await handler.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** A request that a server got always has both; Node's type is shared with answers that a client got. */
function hasMethod(request: IncomingMessage): request is IncomingMessage & { method: string; url: string } {
  return request.method !== undefined && request.url !== undefined;
}

function createV2Server(): McpServer {
  const server = new McpServer({ name: 'v2-backend', version: '1.0.0' });
  server.registerTool(
    'echo',
    { description: 'Say it again', inputSchema: z.object({ text: z.string() }) },
    async ({ text }) => ({ content: [{ type: 'text', text }] }),
  );
  server.registerTool('boom', { description: 'Fail', inputSchema: z.object({}) }, async () => ({
    isError: true,
    content: [{ type: 'text', text: 'boom' }],
  }));
  server.registerResource(
    'page',
    new ResourceTemplate('page://{name}', { list: async () => ({ resources: [{ uri: 'page://one', name: 'one' }] }) }),
    {},
    async (uri) => ({
      contents: [{ uri: uri.href, text: `page ${uri.host}` }],
    }),
  );
  server.registerPrompt(
    'greet',
    { description: 'Greet', argsSchema: z.object({ name: z.string() }) },
    async ({ name }) => ({
      messages: [{ role: 'user', content: { type: 'text', text: `Greet ${name}` } }],
    }),
  );
  return server;
}
