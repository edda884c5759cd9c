import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rawMcp, type RawMcp } from '@fairlead/testkit/clients';
import { startSdkHttpServer, type SdkHttpServer } from '../fixtures/sdk-server.ts';

let server: SdkHttpServer;
let raw: RawMcp;

beforeAll(async () => {
  server = await startSdkHttpServer();
  raw = rawMcp(server.url, { 'x-key': 'secret' });
});

afterAll(() => server[Symbol.asyncDispose]());

const add = { method: 'tools/call', params: { name: 'add', arguments: { a: 1, b: 2 } } } as const;

test('calls a method in the modern era', async () => {
  const answer = await raw.modern({ ...add, id: 'seven' });

  expect(answer.status).toBe(200);
  expect(answer.messages).toMatchObject([{ id: 'seven', result: { structuredContent: { sum: 3 } } }]);
  expect(server.requests.at(-1)).toMatchObject({
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-name': 'add',
  });
});

test('leaves out a header that the era wants, and sees the refusal', async () => {
  const answer = await raw.modern({ ...add, headers: { 'mcp-method': undefined } });

  expect(answer.status).toBe(400);
  expect(answer.messages).toMatchObject([{ error: { code: -32_020 } }]);
});

test('does the legacy handshake and calls a method after it', async () => {
  const session = await raw.initialize();

  const answer = await session.call(add);

  expect(session.answer.messages).toMatchObject([{ id: 'initialize', result: { protocolVersion: '2025-11-25' } }]);
  expect(answer.messages).toMatchObject([{ id: 1, result: { structuredContent: { sum: 3 } } }]);
  expect((await session.notify('notifications/initialized')).status).toBe(202);
});

test('reads every message of an event stream', async () => {
  const answer = await raw.modern({
    method: 'tools/call',
    params: { name: 'count', arguments: { wait: false }, _meta: { progressToken: 'p' } },
  });

  expect(answer.headers['content-type']).toContain('text/event-stream');
  const methods = answer.messages.map((message) => message.method ?? 'result');
  expect(methods).toEqual([...Array.from({ length: 3 }, () => 'notifications/progress'), 'result']);
});

test('sends a body that is no JSON as it is', async () => {
  const answer = await raw.send({ body: '{"jsonrpc": "2.0", ' });

  expect(answer.status).toBe(400);
  expect(answer.messages).toMatchObject([{ error: { code: -32_700 } }]);
});

test('answers a refusal without messages', async () => {
  const answer = await raw.modern({ ...add, headers: { 'x-key': undefined } });

  expect(answer).toMatchObject({ status: 401, text: 'no key', messages: [] });
  expect(answer.headers['www-authenticate']).toBe('Bearer');
});

test('sends any Host and repeated headers', async () => {
  const seen: unknown[] = [];
  await using echo = createServer((request, response) => {
    seen.push(
      request.headers.host,
      request.rawHeaders.filter((_, index, all) => all[index - 1] === 'x-twice'),
    );
    response.end();
  }).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const address = echo.address();

  await rawMcp(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`).send({
    method: 'GET',
    headers: { host: 'evil.example', 'x-twice': ['one', 'two'] },
  });

  expect(seen).toEqual(['evil.example', ['one', 'two']]);
});

test('rejects a request that was aborted', async () => {
  const abort = new AbortController();
  const calling = raw.modern({ method: 'tools/call', params: { name: 'hang', arguments: {} }, signal: abort.signal });

  abort.abort();

  await expect(calling).rejects.toThrow('aborted');
});
