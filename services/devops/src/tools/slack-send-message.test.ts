import { RateLimited } from '@fairlead/server-kit/runtime';
import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { createFakeMessenger, fakeDeps, type FakeMessengerAnswers } from '../../test/fake-deps.ts';
import type { DevopsDeps } from '../deps.ts';
import { tool } from './slack-send-message.ts';

const input = { channel: 'C000000001', text: 'Payments work again.' };

function setup(answers?: FakeMessengerAnswers, deps: Partial<DevopsDeps> = {}) {
  const messenger = createFakeMessenger(answers);
  const harness = createToolHarness({ tools: [tool], deps: fakeDeps({ messenger, ...deps }) });
  const call = (more: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal) =>
    harness.call('slack_send_message', { ...input, ...more }, signal ? { signal } : {});
  return { harness, messenger, call };
}

function failure(code: string) {
  return { isError: true, _meta: { 'dev.fairlead/error': { code } } };
}

test('keeps its wire definition', async () => {
  await expect(
    expectToolSnapshot(setup().harness.definition('slack_send_message'), import.meta.url),
  ).resolves.toBeUndefined();
});

test('posts the message with a footer that names the caller, and answers its link', async () => {
  const { call, messenger } = setup();

  const result = await call({ thread_ts: '1700000000.000100' });

  expect(result.structuredContent).toEqual({
    channel: 'C000000001',
    ts: '1700000000.000001',
    permalink: 'https://slack.example/p1',
    dry_run: false,
  });
  expect(messenger.posted).toEqual([
    {
      channel: 'C000000001',
      text: 'Payments work again.\n\n_Sent for local through Fairlead_',
      threadTs: '1700000000.000100',
    },
  ]);
});

// 06 S-71.
test('makes a mention of the whole channel inert', async () => {
  const { call, messenger } = setup();

  await call({ text: '<!channel> lunch' });

  expect(messenger.posted[0]?.text).toMatch(/^&lt;!channel> lunch/);
});

test('a posted message without a link is a success that says so', async () => {
  const { call } = setup({ permalink: undefined });

  expect((await call()).structuredContent).toEqual({
    channel: 'C000000001',
    ts: '1700000000.000001',
    dry_run: false,
    notice: expect.stringContaining('was posted'),
  });
});

// 05 T-03: a dry run does the checks and leaves no trace.
test('a dry run looks at the channel, posts nothing and answers the text as it would be', async () => {
  const { call, messenger } = setup();

  const result = await call({ dry_run: true });

  expect(result.structuredContent).toMatchObject({
    dry_run: true,
    plan: {
      action: 'post message',
      channel: 'C000000001',
      channel_name: 'general',
      text: expect.stringContaining('_Sent for local'),
    },
  });
  expect(messenger.checked).toEqual(['C000000001']);
  expect(messenger.posted).toEqual([]);
});

test.each([
  ['a channel off the list', { channel: 'C000000009' }, 'SLACK_CHANNEL_DENIED'],
  ['a direct message', { channel: 'D000000001' }, 'SLACK_CHANNEL_DENIED'],
  ['a channel by its name', { channel: '#general' }, 'INPUT_INVALID'],
  ['a text of 3,001 characters', { text: 'x'.repeat(3_001) }, 'INPUT_INVALID'],
  ['an empty text', { text: '' }, 'INPUT_INVALID'],
  ['a thread that is not a timestamp', { thread_ts: '17' }, 'INPUT_INVALID'],
  ['an unknown argument', { unfurl_links: true }, 'INPUT_INVALID'],
])('refuses %s, in a dry run too, and posts nothing', async (_what, more, code) => {
  const { call, messenger } = setup();

  expect(await call(more)).toMatchObject(failure(code));
  expect(await call({ ...more, dry_run: true })).toMatchObject(failure(code));
  expect([messenger.posted, messenger.checked]).toEqual([[], []]);
});

test('names the channels that may be posted to', async () => {
  expect(await setup().call({ channel: 'C000000009' })).toMatchObject({
    content: [{ text: expect.stringContaining('C000000001, C000000002') }],
  });
});

test.each([
  ['the token', { slack: undefined }, 'SLACK_TOKEN'],
  [
    'the list',
    { slack: { messenger: createFakeMessenger(), channels: { writable: [], directMessages: true } } },
    'DEVOPS_SLACK_WRITE_CHANNELS',
  ],
] satisfies readonly (readonly [string, Partial<DevopsDeps>, string])[])(
  'names the setting when %s is not set',
  async (_what, deps, setting) => {
    expect(await setup(undefined, deps).call()).toMatchObject({
      ...failure('CONFIG_MISSING'),
      content: [{ text: expect.stringContaining(setting) }],
    });
  },
);

test('hands on a limit of the upstream with its seconds', async () => {
  const error = new RateLimited('UPSTREAM_RATE_LIMITED', {
    publicMessage: 'Slack takes no more.',
    details: { retry_after_s: 30 },
  });

  expect(await setup({ error }).call()).toMatchObject({
    _meta: { 'dev.fairlead/error': { code: 'UPSTREAM_RATE_LIMITED', details: { retry_after_s: 30 } } },
  });
});

test('says that something may have changed when the caller cancels', async () => {
  const cancel = new AbortController();

  const calling = setup({ hang: true }).call({}, cancel.signal);
  cancel.abort();

  expect(await calling).toMatchObject(failure('CALL_CANCELLED'));
});
