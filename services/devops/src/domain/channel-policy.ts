/** Which Slack channels this server may post to: channel ids, or `*`. An empty list means none (05 T-08). */
export interface ChannelPolicy {
  readonly writable: readonly string[];
  /** Whether direct messages (`D...`) may be posted to. Being listed is not enough (06 S-71). */
  readonly directMessages: boolean;
}

/** What the lists say of posting to a channel. */
export type ChannelDecision = 'permitted' | 'no_list' | 'direct_messages_off' | 'unlisted';

/** Decides whether a channel may be posted to. */
export function decideChannelWrite(policy: ChannelPolicy, channel: string): ChannelDecision {
  if (policy.writable.length === 0) return 'no_list';
  if (channel.startsWith('D') && !policy.directMessages) return 'direct_messages_off';
  return policy.writable.includes('*') || policy.writable.includes(channel) ? 'permitted' : 'unlisted';
}
