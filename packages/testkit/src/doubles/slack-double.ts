import { z } from 'zod';
import { askDouble } from './double-http.ts';
import type { Double, DoubleOptions } from './double.ts';
import { slackMessages, type SlackSeedMessage } from './seeds/slack-messages.ts';
import { slackBot, slackChannels, slackDoubleToken, slackPeople } from './seeds/slack-workspace.ts';
import { slackDoubleState, type SlackDoubleState } from './slack-double-state.ts';
import { startEmulator } from './start-emulator.ts';

/** A running Slack double. */
export interface SlackDouble extends Double {
  /** Ids of its channels by name. They change with `reset`, but for `general` and `random`. */
  channels(): Promise<Readonly<Record<string, string>>>;
  readonly state: SlackDoubleState;
}

/**
 * Starts the Slack double: six channels with 300 messages and the thread of the failed payments. The same texts, people
 * and order at each start; `general` is always `C000000001` and `random` `C000000002`, other ids and all times are new.
 *
 * It has no search and no Socket Mode, and it checks no scopes (09 §3.2).
 *
 * @throws Unavailable `PART_START_FAILED`, `DOUBLE_REFUSED`.
 */
export async function startSlackDouble({ port = 0 }: DoubleOptions = {}): Promise<SlackDouble> {
  const { emulator, url } = await startEmulator({ service: 'slack', port, seed });
  const token = slackDoubleToken(slackBot.name);
  const state = slackDoubleState({ url, token });
  await seedMessages(url, state);
  return {
    url,
    apiUrl: `${url}/api/`,
    token,
    state,
    async channels() {
      return Object.fromEntries((await state.channels()).map(({ id, name }) => [name, id]));
    },
    async reset() {
      emulator.reset();
      await seedMessages(url, state);
    },
    stop: () => emulator.close(),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

const seed = {
  slack: {
    team: { name: 'Acme', domain: 'acme' },
    users: slackPeople.map(({ name, realName }) => ({ name, real_name: realName, email: `${name}@acme.example` })),
    channels: slackChannels.map(({ name, topic }) => ({ name, topic })),
    oauth_apps: [
      {
        client_id: 'fairlead',
        client_secret: 'none',
        name: 'Fairlead',
        redirect_uris: [],
        app_id: slackBot.appId,
        bot_id: slackBot.botId,
        bot_user_id: slackBot.userId,
        bot_name: slackBot.name,
        scopes: ['chat:write', 'channels:read', 'channels:history'],
      },
    ],
    tokens: [
      ...slackPeople.map(({ name }) => ({ token: slackDoubleToken(name), user: name })),
      {
        token: slackDoubleToken(slackBot.name),
        user_id: slackBot.userId,
        bot_id: slackBot.botId,
        app_id: slackBot.appId,
      },
    ],
  },
};

async function seedMessages(url: string, state: SlackDoubleState): Promise<void> {
  const ids = new Map((await state.channels()).map(({ id, name }) => [name, id]));
  // One after the other: the double stamps messages in the order in which they come.
  for (const message of slackMessages) await writeMessage(url, message, ids.get(message.channel) ?? '');
}

async function writeMessage(
  url: string,
  { author, text, replies = [] }: SlackSeedMessage,
  channel: string,
): Promise<void> {
  const ts = await post(url, author, { channel, text });
  for (const reply of replies) await post(url, reply.author, { channel, text: reply.text, thread_ts: ts });
}

async function post(url: string, author: string, body: Readonly<Record<string, string>>): Promise<string> {
  const posted = await askDouble(url, {
    method: 'POST',
    path: '/api/chat.postMessage',
    token: slackDoubleToken(author),
    body,
    answer: z.looseObject({ ok: z.literal(true), ts: z.string() }),
  });
  return posted.ts;
}
