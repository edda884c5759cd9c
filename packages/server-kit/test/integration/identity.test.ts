import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestService, type TestService } from '@fairlead/server-kit/testing';
import { legacy, modern, send } from '../mcp-request.ts';
import { createProbeService, type ProbeDeps } from '../probe-service.ts';

const deps: ProbeDeps = { ran: [], aborted: [], changes: undefined };
let service: TestService;

beforeAll(async () => {
  const roles = Object.fromEntries(
    Array.from({ length: 16 }, (_, index) => [`caller-${index}`, { allow: ['*'], deny: [] }]),
  );
  service = await startTestService(createProbeService(deps), { roles });
});

afterAll(() => service.stop());

const serverOf = (role: string) => ({ url: service.mcpUrl, key: service.keys[role] ?? '' });

test.each([
  ['no credential', {}, 401],
  ['an unknown key', { authorization: 'Bearer flk_aaaaaaaaaaaa_0000000000000000000000000000000000000000000' }, 401],
  ['a token of nobody', { authorization: 'Bearer abc.def.ghi' }, 401],
])('A7: refuses %s before it reads the body', async (_what, headers, status) => {
  const response = await fetch(service.mcpUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: 'not json',
  });

  expect(response.status).toBe(status);
  expect(response.headers.get('www-authenticate')).toContain('Bearer');
  expect(await response.text()).not.toContain('0000000000');
});

test('G-58: refuses two credentials that differ, and a token in the query', async () => {
  const two = await send(serverOf('caller-0'), {}, { headers: { 'x-api-key': service.keys['caller-1'] ?? '' } });
  const query = await fetch(`${service.mcpUrl}?token=${service.keys['caller-0'] ?? ''}`, {
    method: 'POST',
    body: '{}',
  });

  expect(two.status).toBe(400);
  expect(two.last.error?.message).toContain('AUTH_AMBIGUOUS');
  expect(query.status).toBe(401);
});

test('P-10, N13: refuses foreign and doubled Host and Origin headers, with a valid key too', async () => {
  const statusOf = (headers: string[]): Promise<number | undefined> => {
    const { hostname, port } = new URL(service.mcpUrl);
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    const outgoing = request({
      hostname,
      port,
      path: '/mcp',
      method: 'POST',
      setHost: false,
      headers: ['authorization', `Bearer ${service.keys['caller-0'] ?? ''}`, ...headers],
    });
    outgoing.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.on('error', reject);
    outgoing.end();
    return promise;
  };
  const host = new URL(service.mcpUrl).host;

  expect(await statusOf(['host', 'evil.example'])).toBe(403);
  expect(await statusOf(['host', host, 'origin', 'https://evil.example'])).toBe(403);
  expect(await statusOf(['host', host, 'origin', 'null'])).toBe(403);
  expect(await statusOf(['host', host])).toBe(415);
});

test('P-01, P-02, N06: 16 callers with equal ids and tokens each see only themselves, in both eras', async () => {
  const rounds = Array.from({ length: 16 }, async (_, index) => {
    const server = serverOf(`caller-${index}`);
    for (let round = 0; round < 20; round += 1) {
      const text = `${index}-${round}`;
      const speak = round % 2 === 0 ? modern : legacy;
      const { last } = await speak(server, {
        method: 'tools/call',
        params: { name: 'echo_text', arguments: { text } },
      });
      expect(last.result?.['structuredContent']).toEqual({ text, caller: `caller-${index}` });
      const prompt = await speak(server, {
        method: 'prompts/get',
        params: { name: 'describe_thing', arguments: { name: text } },
      });
      expect(JSON.stringify(prompt.last.result)).toContain(`Describe ${text}.`);
    }
  });

  await Promise.all(rounds);
});

test('P-07: a modern client that goes away aborts its call at once', async () => {
  const controller = new AbortController();
  const call = modern(
    serverOf('caller-0'),
    { method: 'tools/call', params: { name: 'wait_long', arguments: { name: 'gone' } } },
    { signal: controller.signal },
  );
  await expect.poll(() => deps.ran.includes('gone')).toBe(true);

  controller.abort();

  await expect(call).rejects.toThrow('aborted');
  await expect.poll(() => deps.aborted.includes('gone'), { timeout: 1_000 }).toBe(true);
});

test('P-07: a legacy client cancels by notification', async () => {
  const server = serverOf('caller-1');
  const call = legacy(
    server,
    { method: 'tools/call', params: { name: 'wait_long', arguments: { name: 'cancelled' } } },
    { id: 'c1' },
  );
  await expect.poll(() => deps.ran.includes('cancelled')).toBe(true);

  const notified = await send(server, {
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId: 'c1' },
  });

  expect(notified.status).toBe(202);
  expect((await call).last.result).toMatchObject({
    isError: true,
    _meta: { 'dev.fairlead/error': { code: 'CALL_CANCELLED' } },
  });
  expect(deps.aborted).toContain('cancelled');
});

test('G-42: refuses calls beyond the limit of one caller and leaves the others alone', async () => {
  const limited = await startTestService(createProbeService(), {
    roles: { a: { allow: ['*'], deny: [] }, b: { allow: ['*'], deny: [] } },
    environment: { CALL_RATE: '2/h' },
  });
  const call = (role: string) =>
    modern(
      { url: limited.mcpUrl, key: limited.keys[role] ?? '' },
      { method: 'tools/call', params: { name: 'echo_text', arguments: { text: 'x' } } },
    );

  const answers = [await call('a'), await call('a'), await call('a'), await call('b')];
  await limited.stop();

  expect(answers.map(({ last }) => last.result?.['isError'] ?? false)).toEqual([false, false, true, false]);
  expect(answers[2]?.last.result).toMatchObject({
    _meta: { 'dev.fairlead/error': { code: 'LIMIT_RATE', retryable: true } },
  });
});
