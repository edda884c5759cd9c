// A bare `node:http` server that answers each body with the same body: the least that a Node server can cost, and the
// gauge of how steady the host is.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from './listen-on-loopback.ts';
import { readBody } from './read-body.ts';
import { announceReady } from './ready-line.ts';

const server = createServer((request, response) => void answer(request, response));
announceReady({ url: `${await listenOnLoopback(server)}/` });

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}
