import { z } from 'zod';

/** The answer to `chat.postMessage`. */
export const slackPosted = z.looseObject({ channel: z.string(), ts: z.string() });

/** The answer to `chat.getPermalink`. */
export const slackPermalink = z.looseObject({ permalink: z.string() });

/** The answer to `conversations.info`. */
export const slackChannel = z.looseObject({
  channel: z.looseObject({ name: z.string().optional(), is_archived: z.boolean().default(false) }),
});
