import { ServiceError } from '@fairlead/server-kit/runtime';
import { z } from 'zod';
import type { SlackClient } from './slack-client.ts';

/**
 * Asks whether Slack answers and takes the token.
 *
 * @throws The signal's reason.
 */
export async function probeSlack(client: SlackClient, signal: AbortSignal): Promise<boolean> {
  try {
    await client.read({ method: 'auth.test', parameters: {}, answer: z.looseObject({}) }, signal);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    return ServiceError.is(error) && error.code === 'UPSTREAM_RATE_LIMITED';
  }
}
