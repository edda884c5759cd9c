import { createOutsideCaller } from '@fairlead/server-kit/resilience';
import { createMetrics, createRedactor } from '@fairlead/server-kit/runtime';
import { expect, test } from 'vitest';
import { createHastyClock } from '../../test/hasty-clock.ts';
import { cut, json, page, silence, startScriptedServer, type Script } from '../../test/scripted-server.ts';
import { silentLog } from '../../test/silent-log.ts';
import { createSlackClient } from './slack-client.ts';
import { probeSlack } from './slack-probe.ts';
import { createSlack } from './slack.ts';

// Shapes as docs.slack.dev gives them for each method.
const posted = json(200, { ok: true, channel: 'C0123456789', ts: '1700000000.000100', message: { type: 'message' } });
const permalink = json(200, {
  ok: true,
  channel: 'C0123456789',
  permalink: 'https://acme.slack.com/archives/C0123456789/p1700000000000100',
});
const no = (error: string): Script => json(200, { ok: false, error });

const message = { channel: 'C0123456789', text: 'Hello', threadTs: undefined };
const { signal } = new AbortController();

async function start(scripts: readonly [Script, ...Script[]], { timeoutMs = 20_000 } = {}) {
  const server = await startScriptedServer(...scripts);
  const clock = createHastyClock(timeoutMs);
  const metrics = createMetrics({ name: 'test' });
  const client = createSlackClient({
    url: `${server.url}/api/`,
    token: 'xoxb-secret-secret',
    caller: createOutsideCaller({ system: 'slack', metrics, clock, timeoutMs, retries: 0 }),
    clock,
    concurrency: 2,
    redact: createRedactor(),
  });
  return {
    server,
    clock,
    client,
    slack: createSlack(client, silentLog),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

// 06 S-71: unfolding a link fetches a URL that the text chose.
test('posts a message that unfolds no link and finds no name, and answers its link', async () => {
  await using parts = await start([posted, permalink]);

  const answer = await parts.slack.postMessage({ ...message, threadTs: '1600000000.000001' }, signal);

  expect(answer).toEqual({
    channel: 'C0123456789',
    ts: '1700000000.000100',
    permalink: 'https://acme.slack.com/archives/C0123456789/p1700000000000100',
  });
  expect(parts.server.seen[0]).toMatchObject({
    path: '/api/chat.postMessage',
    headers: { authorization: 'Bearer xoxb-secret-secret' },
  });
  expect(Object.fromEntries(new URLSearchParams(parts.server.seen[0]?.body))).toEqual({
    channel: 'C0123456789',
    text: 'Hello',
    unfurl_links: 'false',
    unfurl_media: 'false',
    parse: 'none',
    link_names: 'false',
    thread_ts: '1600000000.000001',
  });
});

test('a message whose link cannot be found was posted all the same', async () => {
  await using parts = await start([posted, no('message_not_found')]);

  expect(await parts.slack.postMessage(message, signal)).toMatchObject({
    ts: '1700000000.000100',
    permalink: undefined,
  });
});

test.each([
  ['the token is wrong', no('invalid_auth'), 'UPSTREAM_AUTH'],
  ['the token may not post', no('missing_scope'), 'UPSTREAM_AUTH'],
  ['HTTP 403', page(403, 'forbidden'), 'UPSTREAM_AUTH'],
  ['the bot is not in the channel', no('not_in_channel'), 'UPSTREAM_REFUSED'],
  ['there is no such channel', no('channel_not_found'), 'UPSTREAM_REFUSED'],
  ['a word that this server does not know', no('some_new_word'), 'UPSTREAM_REFUSED'],
  ['a page of a proxy', page(200, '<html>Sign in</html>'), 'UPSTREAM_DOWN'],
  ['JSON of another form', json(200, { ok: true }), 'UPSTREAM_DOWN'],
  ['Slack is down', json(503, { ok: false }), 'UPSTREAM_DOWN'],
  ['Slack says that it failed', no('internal_error'), 'UPSTREAM_DOWN'],
  ['a cut connection', cut, 'UPSTREAM_DOWN'],
] satisfies readonly (readonly [string, Script, string])[])(
  'a post is never sent twice: %s',
  async (_what, script, code) => {
    await using parts = await start([script, posted]);

    await expect(parts.slack.postMessage(message, signal)).rejects.toMatchObject({ code, retryable: false });
    expect(parts.server.seen).toHaveLength(1);
  },
);

test('names the mend when the bot is not in the channel', async () => {
  await using parts = await start([no('not_in_channel')]);

  await expect(parts.slack.postMessage(message, signal)).rejects.toMatchObject({
    publicMessage: expect.stringContaining('a member can invite it'),
  });
});

test('waits out a short limit once', async () => {
  await using parts = await start([
    json(429, { ok: false, error: 'ratelimited' }, { 'retry-after': '2' }),
    posted,
    permalink,
  ]);

  expect(await parts.slack.postMessage(message, signal)).toMatchObject({ ts: '1700000000.000100' });
  expect(parts.clock.waitsMs).toContain(2_000);
});

test.each([
  ['a long limit', json(429, {}, { 'retry-after': '30' }), { retry_after_s: 30 }],
  ['a limit that does not say how long it lasts', json(429, {}), { retry_after_s: 60 }],
])('gives %s back with its seconds', async (_what, script, details) => {
  await using parts = await start([script]);

  await expect(parts.slack.postMessage(message, signal)).rejects.toMatchObject({
    code: 'UPSTREAM_RATE_LIMITED',
    details,
  });
  expect(parts.server.seen).toHaveLength(1);
});

test('a post that takes too long may have happened', async () => {
  await using parts = await start([silence], { timeoutMs: 60 });

  await expect(parts.slack.postMessage(message, signal)).rejects.toMatchObject({
    code: 'UPSTREAM_TIMEOUT',
    retryable: false,
  });
});

test('ends with the reason of the caller when it cancels', async () => {
  const cancel = new AbortController();
  await using parts = await start([
    () => {
      cancel.abort(new Error('the caller went away'));
    },
  ]);

  await expect(parts.slack.postMessage(message, cancel.signal)).rejects.toThrow('the caller went away');
});

test('answers the name of a channel that takes messages', async () => {
  await using parts = await start([
    json(200, { ok: true, channel: { id: 'C0123456789', name: 'general', is_archived: false } }),
  ]);

  expect(await parts.slack.checkChannel('C0123456789', signal)).toEqual({ name: 'general' });
});

test('a token that may post and not look is good enough to check', async () => {
  await using parts = await start([no('missing_scope')]);

  expect(await parts.slack.checkChannel('C0123456789', signal)).toEqual({ name: undefined });
});

test.each([
  ['archived', json(200, { ok: true, channel: { name: 'old', is_archived: true } })],
  ['missing', no('channel_not_found')],
])('refuses a channel that is %s', async (_what, script) => {
  await using parts = await start([script]);

  await expect(parts.slack.checkChannel('C0123456789', signal)).rejects.toMatchObject({ code: 'UPSTREAM_REFUSED' });
});

test('tries a read three times while Slack is down', async () => {
  await using parts = await start([json(502, {})]);

  await expect(parts.slack.checkChannel('C0123456789', signal)).rejects.toMatchObject({
    code: 'UPSTREAM_DOWN',
    retryable: true,
  });
  expect(parts.server.seen).toHaveLength(3);
});

test.each([
  ['answers', json(200, { ok: true, user_id: 'U1' }), true],
  ['refuses the token', no('invalid_auth'), false],
  ['is down', json(503, {}), false],
] satisfies readonly (readonly [string, Script, boolean])[])(
  'the probe of a Slack that %s',
  async (_what, script, answers) => {
    await using parts = await start([script]);

    expect(await probeSlack(parts.client, signal)).toBe(answers);
  },
);
