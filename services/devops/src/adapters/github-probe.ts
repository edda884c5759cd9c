import { ServiceError } from '@fairlead/server-kit/runtime';
import { z } from 'zod';
import type { GithubClient } from './github-client.ts';

/**
 * Asks whether GitHub answers and takes the token, by a request that does not count against the rate limit.
 *
 * @throws The signal's reason.
 */
export async function probeGithub(client: GithubClient, signal: AbortSignal): Promise<boolean> {
  try {
    await client.read({ operation: 'get_rate_limit', path: '/rate_limit', answer: z.looseObject({}) }, signal);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    // An Enterprise Server without rate limits refuses with 404; a used-up limit is an answer too.
    return ServiceError.is(error) && (error.code === 'UPSTREAM_REFUSED' || error.code === 'UPSTREAM_RATE_LIMITED');
  }
}
