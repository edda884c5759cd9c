import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestService, type TestService } from '@fairlead/server-kit/testing';
import { legacy, modern, send, type WireAnswer } from '../mcp-request.ts';
import { createProbeService, type ProbeDeps } from '../probe-service.ts';

const deps: ProbeDeps = { ran: [], aborted: [], changes: undefined };
let service: TestService;

beforeAll(async () => {
  service = await startTestService(createProbeService(deps), {
    roles: { ana: { allow: ['*'], deny: [] }, ben: { allow: ['*'], deny: [] } },
  });
});

afterAll(() => service.stop());

const serverOf = (role: string) => ({ url: service.mcpUrl, key: service.keys[role] ?? '' });
const canAnswer = { 'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } } };

interface Round {
  readonly role?: string;
  readonly name?: string;
  readonly replies?: Readonly<Record<string, unknown>>;
  readonly state?: unknown;
}

function callShelf({ role = 'ana', name = 'oak', replies, state }: Round = {}): Promise<WireAnswer> {
  const params = {
    name: 'remove_shelf',
    arguments: { name },
    ...(replies !== undefined && { inputResponses: replies }),
    ...(state !== undefined && { requestState: state }),
  };
  return modern(serverOf(role), { method: 'tools/call', params }, { meta: canAnswer });
}

const yes = { sure: { action: 'accept', content: { yes: true } } };
const why = { why: { action: 'accept', content: { reason: 'broken' } } };

test('P-13: a modern client answers round by round, and the tool acts once at the end', async () => {
  const first = await callShelf();
  const second = await callShelf({ replies: yes, state: first.last.result?.['requestState'] });
  const third = await callShelf({ replies: why, state: second.last.result?.['requestState'] });

  expect(first.last.result).toMatchObject({
    resultType: 'input_required',
    inputRequests: { sure: { method: 'elicitation/create', params: { message: 'Remove oak?' } } },
  });
  expect(second.last.result).toMatchObject({ resultType: 'input_required', inputRequests: { why: {} } });
  expect(third.last.result).toMatchObject({ structuredContent: { removed: true, reason: 'broken' } });
  expect(deps.ran.filter((entry) => entry === 'remove oak')).toHaveLength(1);
});

test('P-13: a decline reaches the tool', async () => {
  const first = await callShelf();
  const second = await callShelf({
    replies: { sure: { action: 'decline' } },
    state: first.last.result?.['requestState'],
  });

  expect(second.last.result).toMatchObject({ structuredContent: { removed: false, reason: 'decline' } });
});

test('P-13: asks again when the reply does not fit the question', async () => {
  const first = await callShelf();
  const unfit = { sure: { action: 'accept', content: { yes: 'maybe' } } };
  const second = await callShelf({ replies: unfit, state: first.last.result?.['requestState'] });

  expect(second.last.result).toMatchObject({ resultType: 'input_required', inputRequests: { sure: {} } });
});

test('P-13, N05: a state opens once, for its caller and its arguments only', async () => {
  const state = (await callShelf()).last.result?.['requestState'];
  const foreign = await callShelf({ role: 'ben', replies: yes, state });
  const changed = await callShelf({ name: 'pine', replies: yes, state });
  const none = await callShelf({ replies: yes });
  const used = await callShelf({ replies: yes, state });
  const replayed = await callShelf({ replies: yes, state });

  for (const answer of [foreign, changed, none, replayed]) expect(answer.last.error).toMatchObject({ code: -32_602 });
  expect(used.last.result).toMatchObject({ resultType: 'input_required' });
});

test('P-13: a client that cannot be asked is told what to do, in both eras', async () => {
  const call = { method: 'tools/call', params: { name: 'remove_shelf', arguments: { name: 'oak' } } };

  for (const answer of [await modern(serverOf('ana'), call), await legacy(serverOf('ana'), call)]) {
    expect(answer.last.result).toMatchObject({
      isError: true,
      _meta: { 'dev.fairlead/error': { code: 'CALLER_CANNOT_ANSWER' } },
    });
  }
});

test('P-13: a legacy session gets real elicitation requests on the open stream', async () => {
  const server = serverOf('ana');
  const headers = { 'mcp-session-id': await openSession(server, { elicitation: {} }) };
  const call = {
    jsonrpc: '2.0',
    id: 9,
    method: 'tools/call',
    params: { name: 'remove_shelf', arguments: { name: 'elm' } },
  };
  const response = await post(server, call, headers);
  const asked: string[] = [];

  let result: unknown;
  for await (const message of messagesOf(response)) {
    result = message['result'];
    if (message['method'] !== 'elicitation/create') continue;
    asked.push(JSON.stringify(message['params']));
    const reply = asked.length === 1 ? yes.sure : why.why;
    await send(server, { jsonrpc: '2.0', id: message['id'], result: reply }, { headers });
  }

  expect(asked).toHaveLength(2);
  expect(asked[0]).toContain('Remove elm?');
  expect(result).toMatchObject({ structuredContent: { removed: true, reason: 'broken' } });
  expect(deps.ran).toContain('remove elm');
});

test('P-13: a legacy session whose client cannot be asked gets an error that it can read', async () => {
  const server = serverOf('ana');
  const headers = { 'mcp-session-id': await openSession(server, {}) };

  const answer = await legacy(
    server,
    { method: 'tools/call', params: { name: 'remove_shelf', arguments: { name: 'elm' } } },
    { headers },
  );

  expect(answer.last.result?.['isError'] ?? answer.last.error).toBeTruthy();
  expect(JSON.stringify(answer.last)).toContain('elicitation');
});

async function openSession(server: { url: string; key: string }, capabilities: object): Promise<string> {
  const params = { protocolVersion: '2025-11-25', capabilities, clientInfo: { name: 't', version: '1' } };
  const opened = await legacy(server, { method: 'initialize', params });
  const id = opened.headers.get('mcp-session-id') ?? '';
  await send(server, { jsonrpc: '2.0', method: 'notifications/initialized' }, { headers: { 'mcp-session-id': id } });
  return id;
}

function post(
  server: { url: string; key: string },
  body: object,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const accept = 'application/json, text/event-stream';
  return fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, authorization: `Bearer ${server.key}`, ...headers },
    body: JSON.stringify(body),
  });
}

async function* messagesOf(response: Response): AsyncGenerator<Readonly<Record<string, unknown>>> {
  let rest = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data: {')) yield Object(JSON.parse(line.slice('data: '.length)));
    }
  }
}
