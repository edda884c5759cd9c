import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

interface Seen {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly key: string | undefined;
  readonly body: string;
}

/** An admin API that gives the answers of a test; the real one is met in the end-to-end tests. */
async function startApi(answer: (seen: Seen, response: ServerResponse) => void) {
  const requests: Seen[] = [];
  const server = createServer((request: IncomingMessage, response) => void receive(request, response));
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const seen = { method: request.method, path: request.url, key: request.headers.authorization, body };
    requests.push(seen);
    answer(seen, response);
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    requests,
    env: { FAIRLEAD_URL: `http://127.0.0.1:${port}`, FAIRLEAD_KEY: 'flk_admin' },
    [Symbol.dispose]: () => void server.close(),
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

test('makes a key, prints it alone on standard output, and says that it is shown once', async () => {
  using api = await startApi((_seen, response) => send(response, 201, { id: 'abc', key: 'flk_abc_secret' }));

  const made = await runCli(['keys', 'create', 'ci', '--role', 'viewer', '--role', 'analyst', '--tenant', 'acme'], api);

  expect(made).toEqual({
    code: 0,
    stdout: 'flk_abc_secret\n',
    stderr: 'fairlead: key abc is made. It is shown once and stored as a hash only.\n',
  });
  expect(api.requests).toEqual([
    {
      method: 'POST',
      path: '/api/v1/keys',
      key: 'Bearer flk_admin',
      body: '{"name":"ci","roles":["viewer","analyst"],"tenant":"acme"}',
    },
  ]);
});

test('lists keys with what they are good for', async () => {
  const key = { name: 'one', roles: ['viewer'], createdAt: '2026-01-01T00:00:00.000Z' };
  const keys = [
    { ...key, id: 'aaaaaaaaaaaa' },
    { ...key, id: 'bbbbbbbbbbbb', revokedAt: '2026-01-02T00:00:00.000Z' },
    { ...key, id: 'cccccccccccc', expiresAt: '2026-01-02T00:00:00.000Z' },
  ];
  using api = await startApi((_seen, response) => send(response, 200, { keys }));

  const { stdout } = await runCli(['keys', 'list'], api);

  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ +/)),
  ).toEqual([
    ['aaaaaaaaaaaa', 'active', 'viewer', 'one'],
    ['bbbbbbbbbbbb', 'revoked', 'viewer', 'one'],
    ['cccccccccccc', 'expired', 'viewer', 'one'],
  ]);
});

test('revokes a key', async () => {
  using api = await startApi((_seen, response) => response.writeHead(204).end());

  expect(await runCli(['keys', 'revoke', 'abc'], api)).toMatchObject({ code: 0, stdout: 'abc is revoked\n' });
  expect(api.requests).toMatchObject([{ method: 'DELETE', path: '/api/v1/keys/abc' }]);
});

test('ends with 6, in the words of the gateway, for a key that may not manage keys', async () => {
  const problem = {
    type: 'about:blank',
    title: 'Forbidden',
    status: 403,
    detail: 'This key may not manage keys.',
    code: 'X_Y',
  };
  using api = await startApi((_seen, response) => send(response, 403, problem));

  expect(await runCli(['keys', 'list'], api)).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('This key may not manage keys.'),
  });
});
