/** A message to post. `text` is composed already. */
export interface OutgoingMessage {
  readonly channel: string;
  readonly text: string;
  /** Timestamp of the thread's first message; absent: a message of its own. */
  readonly threadTs: string | undefined;
}

/** A message that was posted. */
export interface PostedMessage {
  readonly channel: string;
  readonly ts: string;
  /** Absent when Slack posted the message and then did not answer for its link. */
  readonly permalink: string | undefined;
}

/** What Slack says of a channel before anything is posted to it. */
export interface ChannelFacts {
  /** Absent when the token may post but not look (no `channels:read`). */
  readonly name: string | undefined;
}
