import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { createEventRenamer } from './rename-events.ts';
import { addPrefix, stripPrefix, withPrefix } from './rename-message.ts';

/** A proxy on loopback between the suite and an endpoint. The suite knows neither credentials nor prefixes. */
export interface RenameShim extends AsyncDisposable {
  /** The target's path under the shim's address. */
  readonly url: string;
}

/** What the shim adds to each request. */
export interface RenameShimOptions {
  readonly target: string;
  /** API key of the test's principal; absent: none is sent. */
  readonly key?: string | undefined;
  /** Put before names on the way out, taken off on the way back. Empty: nothing is renamed, and bodies pass byte by byte. */
  readonly prefix?: string;
}

interface Hop {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly upstream: URL;
  readonly key: string | undefined;
  readonly prefix: string;
}

/** Starts a shim. `Host` and `Origin` stay as the client sent them, and event streams pass as they come (03 §6). */
export async function startRenameShim({ target, key, prefix = '' }: RenameShimOptions): Promise<RenameShim> {
  const upstream = new URL(target);
  const server = createServer((request, response) => {
    forward({ request, response, upstream, key, prefix }).catch(() => response.destroy());
  });
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

async function forward(hop: Hop): Promise<void> {
  const { request, response, upstream, prefix } = hop;
  const received = await buffer(request);
  const body = prefix === '' ? received : addPrefix(received, prefix);
  const outgoing = httpRequest({
    host: upstream.hostname,
    port: upstream.port,
    path: request.url,
    method: request.method,
    headers: headersOf(hop, received, body),
    agent: false,
  });
  outgoing.on('response', (incoming) => {
    answer(hop, incoming).catch(() => response.destroy());
  });
  outgoing.on('error', () => response.destroy());
  response.on('close', () => outgoing.destroy());
  outgoing.end(body);
}

function headersOf({ request, key, prefix }: Hop, received: Buffer, body: Buffer): OutgoingHttpHeaders {
  const { headers } = request;
  const name = headers['mcp-name'];
  // A body that names something else, a resource for instance, did not change, and so its header stays too.
  const isRenamed = body !== received && typeof name === 'string';
  return {
    ...headers,
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...(isRenamed ? { 'mcp-name': withPrefix(name, prefix) } : {}),
    ...(headers['content-length'] === undefined ? {} : { 'content-length': body.length }),
  };
}

async function answer({ response, prefix }: Hop, incoming: IncomingMessage): Promise<void> {
  const { statusCode = 502, headers } = incoming;
  if (prefix !== '' && isOf(headers, 'application/json')) {
    const renamed = Buffer.from(stripPrefix(await text(incoming), prefix));
    response.writeHead(statusCode, { ...headers, 'content-length': renamed.length }).end(renamed);
    return;
  }
  response.writeHead(statusCode, headers);
  response.flushHeaders();
  incoming.on('error', () => response.destroy());
  const isRenamed = prefix !== '' && isOf(headers, 'text/event-stream');
  (isRenamed ? incoming.pipe(createEventRenamer(prefix)) : incoming).pipe(response);
}

function isOf(headers: IncomingHttpHeaders, type: string): boolean {
  return headers['content-type']?.startsWith(type) ?? false;
}
