// The least that a proxy which must look into a body can do: `node:http`, one JSON.parse, an undici pool, the answer's
// bytes unchanged. No key, no policy, no audit.
//
// Usage: pass.ts <url of the upstream>
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { Pool } from 'undici';
import { listenOnLoopback } from './listen-on-loopback.ts';
import { readBody } from './read-body.ts';
import { announceReady } from './ready-line.ts';

const upstream = new URL(process.argv[2] ?? '');
const pool = new Pool(upstream.origin, { connections: 16, pipelining: 1 });
const server = createServer((request, response) => void forward(request, response));
announceReady({ url: `${await listenOnLoopback(server)}${upstream.pathname}` });

async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  JSON.parse(body.toString('utf8'));
  const options = { path: upstream.pathname, method: 'POST', headers: endToEnd(request.headers), body } as const;
  await pool.stream(options, ({ statusCode, headers }) => {
    response.writeHead(statusCode, endToEnd(headers));
    return response;
  });
}

/** All headers but those of one connection. */
function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { host: _host, connection: _connection, 'keep-alive': _keepAlive, ...rest } = headers;
  return rest;
}
