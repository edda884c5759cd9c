import { ServiceError } from '@fairlead/server-kit/runtime';
import { z } from 'zod';
import { repositoryNotFound } from '../access/repository-not-found.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { retryAfterSeconds } from '../domain/retry-after.ts';
import { BodyTooLarge } from './capped-fetch.ts';
import { githubRefusal } from './github-answers.ts';
import type { AfterFailure, UpstreamErrors } from './upstream-errors.ts';
import { wasNeverSent } from './was-never-sent.ts';

/** What is known of the request that failed. */
export interface GithubFailureContext {
  /** Absent for requests that concern no repository. */
  readonly repository: RepositoryRef | undefined;
  /** What GitHub may hold when the request was sent and no answer came. */
  readonly after: AfterFailure;
  readonly errors: UpstreamErrors;
  readonly now: Date;
}

/** Turns what Octokit, `fetch` or a schema threw into one of our errors. */
export function githubFailure(error: unknown, context: GithubFailureContext): ServiceError {
  if (ServiceError.is(error)) return error;
  const { errors, after } = context;
  if (error instanceof z.ZodError) return errors.garbled(after, error);
  if (error instanceof BodyTooLarge) return errors.refused('its answer is too large', error);
  const refusal = githubRefusal.safeParse(error);
  if (refusal.success && refusal.data.response)
    return fromStatus(refusal.data, refusal.data.response.headers, { ...context, error });
  return errors.down(wasNeverSent(error) ? 'unchanged' : after, error);
}

type Refusal = z.output<typeof githubRefusal>;

type Headers = Readonly<Record<string, string | undefined>>;

function fromStatus(
  refusal: Refusal,
  headers: Headers,
  context: GithubFailureContext & { error: unknown },
): ServiceError {
  const { errors, error, repository, after } = context;
  const { status, message } = refusal;
  if (isRateLimit(refusal, headers)) return errors.rateLimited(limitSeconds(headers, context.now), error);
  if (status === 401 || status === 403) return errors.tokenRefused(message, error);
  // 410: the issue was deleted, or issues are off. 451: taken down. Both are gone for the caller.
  if ((status === 404 || status === 410 || status === 451) && repository) return repositoryNotFound(repository, error);
  if (status >= 500) return errors.down(after, error);
  return errors.refused(message, error);
}

/** GitHub limits with 429, or with 403 and one of two marks (docs.github.com, "Rate limits for the REST API"). */
function isRateLimit({ status, message }: Refusal, headers: Headers): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined || /rate limit/i.test(message)
  );
}

function limitSeconds(headers: Headers, now: Date): number | undefined {
  const isUsedUp = headers['x-ratelimit-remaining'] === '0';
  return retryAfterSeconds(
    { retryAfter: headers['retry-after'], rateLimitReset: isUsedUp ? headers['x-ratelimit-reset'] : undefined },
    now,
  );
}
