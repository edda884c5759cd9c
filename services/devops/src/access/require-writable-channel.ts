import { PermissionDenied, type ServiceError } from '@fairlead/server-kit/runtime';
import type { Messenger, SlackConnection } from '../deps.ts';
import { decideChannelWrite, type ChannelDecision } from '../domain/channel-policy.ts';
import { configMissing } from './config-missing.ts';

/**
 * Hands out the messenger for a channel that may be posted to; there is no other way to it.
 *
 * @throws Unavailable `CONFIG_MISSING`; PermissionDenied `SLACK_CHANNEL_DENIED` with the channels that may be posted to.
 */
export function requireWritableChannel(slack: SlackConnection | undefined, channel: string): Messenger {
  if (!slack) throw configMissing({ setting: 'SLACK_TOKEN', effect: 'Slack cannot be reached' });
  const { messenger, channels } = slack;
  const decision = decideChannelWrite(channels, channel);
  if (decision !== 'permitted') throw refusal(decision, channel, channels.writable);
  return messenger;
}

function refusal(
  decision: Exclude<ChannelDecision, 'permitted'>,
  channel: string,
  writable: readonly string[],
): ServiceError {
  if (decision === 'unlisted') return denied(`${channel} may not be posted to`, channel, writable);
  if (decision === 'direct_messages_off') {
    return denied(`Direct messages are off, so ${channel} may not be posted to`, channel, writable);
  }
  return configMissing({ setting: 'DEVOPS_SLACK_WRITE_CHANNELS', effect: 'no channel may be posted to' });
}

function denied(reason: string, channel: string, writable: readonly string[]): PermissionDenied {
  const allowed = writable.includes('*') ? 'every channel (C..., G...)' : writable.join(', ');
  return new PermissionDenied('SLACK_CHANNEL_DENIED', {
    publicMessage: `${reason}.`,
    fix: `Channels that may be posted to: ${allowed}.`,
    details: { channel, writable },
  });
}
