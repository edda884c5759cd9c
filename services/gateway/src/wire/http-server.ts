import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InvalidInput, nodeHttp } from '@fairlead/server-kit/runtime';
import type { DoorLimits } from './door-limits.ts';

/** Bounds of one request's head and body (04 G-45). */
const HEADER_BYTES_MAX = 16 * 1024;
const HEADERS_MS_MAX = 10_000;
const REQUEST_MS_MAX = 30_000;
/** Idle connections are kept for longer than clients keep them, so that a client never meets one that closes. */
const KEEP_ALIVE_MS = 65_000;
/** How often slow requests are looked for; Node's own default is 30 s. */
const CHECK_MS = 1_000;
/** How often a drain looks for connections that have become idle. */
const DRAIN_POLL_MS = 20;

/** Where to listen, and who serves. */
export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  readonly doorLimits: DoorLimits;
}

/** A server that listens. */
export interface HttpServer {
  readonly port: number;
  /** Lets open requests end for `graceMs`, ends streams at once by `endStreams`, then closes every connection. */
  drain(graceMs: number, endStreams: () => void): Promise<void>;
}

/**
 * Starts the public port.
 *
 * @throws InvalidInput `CONFIG_INVALID` when the port is taken or the address is not this machine's.
 */
export async function startHttpServer({ host, port, handler, doorLimits }: HttpServerOptions): Promise<HttpServer> {
  const server = nodeHttp.createServer(
    {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: HEADERS_MS_MAX,
      requestTimeout: REQUEST_MS_MAX,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: CHECK_MS,
    },
    handler,
  );
  doorLimits.guardSockets(server);
  await listen(server, { host, port });
  return { port: boundPort(server), drain: (graceMs, endStreams) => drain(server, graceMs, endStreams) };
}

/**
 * New connections are refused by the closed port, new requests on kept ones by the handler. A connection that has become
 * idle is closed at once, so that the last answer ends the drain.
 */
async function drain(server: Server, graceMs: number, endStreams: () => void): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  endStreams();
  const closeIdle = setInterval(() => server.closeIdleConnections(), DRAIN_POLL_MS);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(closeIdle);
  clearTimeout(cut);
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenFailure(cause, host, port)));
    server.listen(port, host, resolve);
  });
}

function listenFailure(cause: NodeJS.ErrnoException, host: string, port: number): InvalidInput {
  const reason =
    cause.code === 'EADDRINUSE' ? 'is taken by another process' : `cannot be used (${cause.code ?? 'unknown reason'})`;
  return new InvalidInput('CONFIG_INVALID', {
    publicMessage: `Port ${port} on ${host} ${reason}. Set PORT to a free one.`,
    cause,
  });
}

function boundPort(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return address.port;
}
