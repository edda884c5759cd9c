import { z } from 'zod';
import { askDouble } from './double-http.ts';

const channel = z.looseObject({ id: z.string(), name: z.string() });

const message = z.looseObject({
  ts: z.string(),
  user: z.string(),
  text: z.string(),
  thread_ts: z.string().optional(),
  reply_count: z.int().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
});

/** A channel as the double holds it. */
export type SlackDoubleChannel = z.output<typeof channel>;

/** A message as the double holds it, with what the sender asked for about links. */
export type SlackDoubleMessage = z.output<typeof message>;

/** What the Slack double holds. */
export interface SlackDoubleState {
  channels(): Promise<readonly SlackDoubleChannel[]>;
  /** The id of a channel by its name. @throws Error when there is none. */
  channelId(name: string): Promise<string>;
  /** Messages of a channel, newest first, without those in threads; at most 1,000. */
  messages(channelId: string): Promise<readonly SlackDoubleMessage[]>;
  /** A message and its answers, oldest first. */
  thread(channelId: string, ts: string): Promise<readonly SlackDoubleMessage[]>;
}

/** Looks into a Slack double, in this process or another. */
export function slackDoubleState({ url, token }: { readonly url: string; readonly token: string }): SlackDoubleState {
  const ask = <Schema extends z.ZodType>(method: string, body: unknown, answer: Schema): Promise<z.output<Schema>> =>
    askDouble(url, { method: 'POST', path: `/api/${method}`, token, body, answer });

  async function channels(): Promise<readonly SlackDoubleChannel[]> {
    return (await ask('conversations.list', { limit: 1_000 }, z.looseObject({ channels: z.array(channel) }))).channels;
  }

  const messages = z.looseObject({ messages: z.array(message) });
  return {
    channels,
    async channelId(name) {
      const found = (await channels()).find((entry) => entry.name === name);
      if (!found) throw new Error(`the Slack double has no channel ${name}`);
      return found.id;
    },
    async messages(channelId) {
      return (await ask('conversations.history', { channel: channelId, limit: 1_000 }, messages)).messages;
    },
    async thread(channelId, ts) {
      return (await ask('conversations.replies', { channel: channelId, ts }, messages)).messages;
    },
  };
}
