import { z } from 'zod';
import { requireWritableChannel } from '../access/require-writable-channel.ts';
import { defineTool } from '../define-tool.ts';
import { composeMessage } from '../domain/compose-message.ts';

const input = z.strictObject({
  channel: z
    .string()
    .regex(/^[CGD][A-Z0-9]{8,20}$/, 'is not a channel id such as C0123456789')
    .describe('Id of the channel; list_integrations names those you may post to.'),
  text: z
    .string()
    .min(1)
    .max(3_000)
    .describe("Slack's mrkdwn. Mentions of whole channels and groups become plain text."),
  thread_ts: z
    .string()
    .regex(/^[0-9]{10}\.[0-9]{6}$/, 'is not a ts such as 1700000000.000100')
    .optional()
    .describe("ts of the thread's first message, to answer in the thread."),
});

const output = z.object({ channel: z.string(), ts: z.string(), permalink: z.string().optional() });

/** Posts a message to a channel that may be posted to, with a footer that names the caller (06 S-71). */
export const tool = defineTool({
  name: 'slack_send_message',
  title: 'Send Slack message',
  description: 'Post a message to an allowed channel.',
  permission: 'devops:write',
  toolset: 'slack_write',
  effect: 'write',
  openWorld: true,
  input,
  output,
  async plan({ slack }, { channel, text, thread_ts: threadTs }, context) {
    const { name } = await requireWritableChannel(slack, channel).checkChannel(channel, context.signal);
    return {
      action: 'post message',
      channel,
      ...(name !== undefined && { channel_name: context.clean(name, `slack:${channel}`) }),
      ...(threadTs !== undefined && { thread_ts: threadTs }),
      text: composeMessage(text, context.principal.sub),
    };
  },
  async run({ slack }, { channel, text, thread_ts: threadTs }, { signal, principal }) {
    const messenger = requireWritableChannel(slack, channel);
    const posted = await messenger.postMessage(
      { channel, text: composeMessage(text, principal.sub), threadTs },
      signal,
    );
    const notice = 'The message was posted; Slack did not answer for its link.';
    return {
      channel: posted.channel,
      ts: posted.ts,
      ...(posted.permalink === undefined ? { notice } : { permalink: posted.permalink }),
    };
  },
});
