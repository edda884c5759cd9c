import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy on loopback that adds a credential to each request. The suite cannot send headers of its own. */
export interface CredentialShim extends AsyncDisposable {
  /** The target's path under the shim's address. */
  readonly url: string;
}

/**
 * Starts a shim in front of an MCP endpoint. It changes nothing but the credential: `Host` and `Origin` stay as the
 * client sent them, bodies and event streams are passed on byte by byte (03 §6).
 */
export async function startCredentialShim(target: string, key: string): Promise<CredentialShim> {
  const upstream = new URL(target);
  const server = createServer((request, response) => forward({ request, response, upstream, key }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // The one narrowing of this module: a TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${upstream.pathname}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function forward(hop: { request: IncomingMessage; response: ServerResponse; upstream: URL; key: string }): void {
  const { request, response, upstream, key } = hop;
  const outgoing = httpRequest({
    host: upstream.hostname,
    port: upstream.port,
    path: request.url,
    method: request.method,
    headers: { ...request.headers, authorization: `Bearer ${key}` },
    agent: false,
  });
  outgoing.on('response', (incoming) => {
    response.writeHead(incoming.statusCode ?? 502, incoming.headers);
    response.flushHeaders();
    incoming.pipe(response);
    incoming.on('error', () => response.destroy());
  });
  outgoing.on('error', () => response.destroy());
  response.on('close', () => outgoing.destroy());
  request.pipe(outgoing);
}
