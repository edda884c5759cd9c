import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** One request as the server saw it. */
interface SeenRequest {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers one request. */
export type Script = (request: SeenRequest, response: ServerResponse) => void;

/** A local HTTP server that plays an outside system in the states that a double cannot show: refusals, silence, garbage. */
export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  /** All requests so far, oldest first. */
  readonly seen: readonly SeenRequest[];
}

/** Starts a server that answers each request by the next script; the last one serves all that follow. */
export async function startScriptedServer(...scripts: readonly [Script, ...Script[]]): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void play(request, response);
  });

  async function play(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const entry = { method, path: url, headers, body: await readBody(request) };
    seen.push(entry);
    const script = scripts[Math.min(seen.length, scripts.length) - 1] ?? scripts[0];
    script(entry, response);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A script that answers with JSON. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Script {
  return text(status, JSON.stringify(body), headers);
}

/** A script that answers with a text that it calls JSON. */
export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Script {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(body);
  };
}

/** A script that answers with a page, as a proxy in between would. */
export function page(status: number, html: string): Script {
  return text(status, html, { 'content-type': 'text/html' });
}

/** A script that never answers. */
export const silence: Script = () => undefined;

/** A script that cuts the connection. */
export const cut: Script = (_request, response) => {
  response.destroy();
};

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
