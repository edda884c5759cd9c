import { ServiceError, type Logger } from '@fairlead/server-kit/runtime';
import type { Messenger } from '../deps.ts';
import type { ChannelFacts, OutgoingMessage, PostedMessage } from '../domain/message.ts';
import { slackChannel, slackPermalink, slackPosted } from './slack-answers.ts';
import type { SlackClient } from './slack-client.ts';

/**
 * Posts messages to Slack. Links are never unfolded: unfolding fetches a URL that the text chose, and so sends data out
 * (06 S-71, CVE-2025-34072).
 *
 * @throws Everything of `SlackClient`.
 */
export function createSlack(client: SlackClient, log: Logger): Messenger {
  return {
    checkChannel: (channel, signal) => checkChannel(client, channel, signal),
    async postMessage(message, signal) {
      const { channel, ts } = await post(client, message, signal);
      return { channel, ts, permalink: await findPermalink({ client, log }, { channel, ts }, signal) };
    },
  };
}

async function checkChannel(client: SlackClient, channel: string, signal: AbortSignal): Promise<ChannelFacts> {
  try {
    const request = { method: 'conversations.info', parameters: { channel }, answer: slackChannel };
    const { channel: found } = await client.read(request, signal);
    if (found.is_archived) throw client.errors.refused('is_archived (the channel is archived)', undefined);
    return { name: found.name };
  } catch (error) {
    // A token that may post and not look is a good token.
    if (isMissingScope(error)) return { name: undefined };
    throw error;
  }
}

function isMissingScope(error: unknown): boolean {
  return ServiceError.is(error) && error.code === 'UPSTREAM_AUTH' && error.details['reason'] === 'missing_scope';
}

async function post(
  client: SlackClient,
  { channel, text, threadTs }: OutgoingMessage,
  signal: AbortSignal,
): Promise<Omit<PostedMessage, 'permalink'>> {
  const parameters = {
    channel,
    text,
    unfurl_links: false,
    unfurl_media: false,
    // Names such as @channel in plain text stay text.
    parse: 'none',
    link_names: false,
    ...(threadTs !== undefined && { thread_ts: threadTs }),
  };
  return client.change({ method: 'chat.postMessage', parameters, answer: slackPosted }, signal);
}

/** The message is there already, so a missing link must not look like a failed post: the caller would post again. */
async function findPermalink(
  { client, log }: { client: SlackClient; log: Logger },
  { channel, ts }: Omit<PostedMessage, 'permalink'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const parameters = { channel, message_ts: ts };
    return (await client.read({ method: 'chat.getPermalink', parameters, answer: slackPermalink }, signal)).permalink;
  } catch (error) {
    log.warn({ err: error, system: 'slack' }, 'permalink.failed');
    return undefined;
  }
}
