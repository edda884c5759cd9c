import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { askDouble } from './double-http.ts';
import { slackDoubleToken } from './seeds/slack-workspace.ts';
import { startSlackDouble, type SlackDouble } from './slack-double.ts';

let slack: SlackDouble;

beforeAll(async () => {
  slack = await startSlackDouble();
});

afterAll(async () => {
  await slack.stop();
});

test('holds six channels, two of them under ids that never change', async () => {
  const channels = await slack.channels();

  expect(Object.keys(channels)).toEqual(['general', 'random', 'incidents', 'payments', 'releases', 'support']);
  expect(channels).toMatchObject({ general: 'C000000001', random: 'C000000002' });
});

test('holds 300 messages of everyday work beside the incident', async () => {
  const channels = Object.values(await slack.channels());
  const counts = await Promise.all(channels.map(async (id) => (await slack.state.messages(id)).length));

  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(301);
});

test('tells the story of the failed payments in one thread', async () => {
  const incidents = await slack.state.channelId('incidents');
  const messages = await slack.state.messages(incidents);
  const first = messages.find(({ text }) => text.startsWith('Incident: card payments'));

  const thread = await slack.state.thread(incidents, first?.ts ?? '');

  expect(thread).toHaveLength(7);
  expect(thread.at(-1)?.text).toMatch(/^Closed at 14:40 UTC after nine hours/);
});

test('texts and their order are the same at each start', async () => {
  await using other = await startSlackDouble();

  expect(await textsOf(other, 'payments')).toEqual(await textsOf(slack, 'payments'));
});

test('forgets what happened when it is reset', async () => {
  await using other = await startSlackDouble();
  const body = { channel: 'C000000001', text: 'Lunch?' };
  const token = slackDoubleToken('dana');
  await askDouble(other.url, {
    method: 'POST',
    path: '/api/chat.postMessage',
    token,
    body,
    answer: z.looseObject({ ok: z.literal(true) }),
  });
  expect(await other.state.messages('C000000001')).toHaveLength(51);

  await other.reset();

  expect(await other.state.messages('C000000001')).toHaveLength(50);
});

async function textsOf({ state }: SlackDouble, channel: string): Promise<readonly string[]> {
  return (await state.messages(await state.channelId(channel))).map(({ text }) => text);
}
