import { ServiceError } from '@fairlead/server-kit/runtime';
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { z } from 'zod';
import { BodyTooLarge } from './capped-fetch.ts';
import type { AfterFailure, UpstreamErrors } from './upstream-errors.ts';
import { wasNeverSent } from './was-never-sent.ts';

/** What is known of the request that failed. */
export interface SlackFailureContext {
  /** What Slack may hold when the request was sent and no answer came. */
  readonly after: AfterFailure;
  readonly errors: UpstreamErrors;
}

/** Turns what the Slack client or a schema threw into one of our errors. */
export function slackFailure(error: unknown, { after, errors }: SlackFailureContext): ServiceError {
  if (ServiceError.is(error)) return error;
  if (error instanceof z.ZodError) return errors.garbled(after, error);
  if (error instanceof WebAPIRateLimitedError) return errors.rateLimited(error.retryAfter, error);
  if (error instanceof WebAPIPlatformError) return fromSlackWord(error, { after, errors });
  if (error instanceof WebAPIHTTPError) return fromStatus(error, { after, errors });
  if (error instanceof Error && error.cause instanceof BodyTooLarge)
    return errors.refused('its answer is too large', error);
  return errors.down(wasNeverSent(error) ? 'unchanged' : after, error);
}

/** Slack names each refusal by one word (docs.slack.dev, "Errors" of each method). */
const slackWord = /^[a-z][a-z0-9_]{0,79}$/;

const tokenWords = new Set([
  'access_denied',
  'account_inactive',
  'ekm_access_denied',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
]);

const downWords = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);

const mends: Readonly<Record<string, string>> = {
  channel_not_found: 'it does not exist, or is private and the bot is not in it',
  is_archived: 'the channel is archived',
  not_in_channel: 'the bot is not in the channel; a member can invite it',
  msg_too_long: 'the text is too long',
  restricted_action: 'the workspace lets only some members post there',
  thread_not_found: 'there is no such thread in the channel',
};

function fromSlackWord(error: WebAPIPlatformError, { after, errors }: SlackFailureContext): ServiceError {
  const word = error.data.error;
  // The client puts a body that is not JSON in the place of the word.
  if (typeof word !== 'string' || !slackWord.test(word)) return errors.garbled(after, error);
  if (word === 'ratelimited') return errors.rateLimited(undefined, error);
  if (tokenWords.has(word)) return errors.tokenRefused(word, error);
  if (downWords.has(word)) return errors.down(after, error);
  const mend = mends[word];
  return errors.refused(mend === undefined ? word : `${word} (${mend})`, error);
}

function fromStatus(error: WebAPIHTTPError, { after, errors }: SlackFailureContext): ServiceError {
  if (error.statusCode === 401 || error.statusCode === 403)
    return errors.tokenRefused(`HTTP ${error.statusCode}`, error);
  if (error.statusCode >= 500) return errors.down(after, error);
  return errors.garbled(after, error);
}
