import type { OutsideCaller } from '@fairlead/server-kit/resilience';
import type { Clock, Logger } from '@fairlead/server-kit/runtime';
import { Octokit } from '@octokit/core';
import { throttling } from '@octokit/plugin-throttling';
import type { z } from 'zod';
import { repositoryNotFound } from '../access/repository-not-found.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { createCappedFetch } from './capped-fetch.ts';
import { githubResponse } from './github-answers.ts';
import { githubFailure } from './github-failure.ts';
import { upstreamErrors, type AfterFailure, type UpstreamErrors } from './upstream-errors.ts';
import { createUpstream } from './upstream.ts';

/** Where GitHub is, and how it may be called. */
export interface GithubOptions {
  /** Root of the REST API: `https://api.github.com`, or `https://<host>/api/v3` of an Enterprise Server. */
  readonly url: string;
  readonly token: string;
  readonly caller: OutsideCaller;
  readonly clock: Clock;
  readonly log: Logger;
  /** Most requests that are open at once. */
  readonly concurrency: number;
  /** Takes secrets out of what GitHub says (06 S-97). */
  readonly redact: (text: string) => string;
}

/** One request to the REST API. */
interface GithubRequest<Schema extends z.ZodType> {
  /** Fixed name of the request; a label of the metric. */
  readonly operation: string;
  /** Path with every value encoded. */
  readonly path: string;
  /** The repository that the request concerns, for the answer when it is missing. */
  readonly repository?: RepositoryRef;
  /** Query of a read, body of a creation. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly answer: Schema;
}

/** A parsed answer. */
interface GithubAnswer<Data> {
  readonly data: Data;
  /** Whether GitHub's list goes on after this page. */
  readonly hasNext: boolean;
}

/** The requests that this service makes of GitHub: reads, which are tried again, and creations, which never are. */
export interface GithubClient {
  readonly errors: UpstreamErrors;
  /** @throws Everything of `githubFailure`; `UPSTREAM_TIMEOUT`; the signal's reason. */
  read<Schema extends z.ZodType>(
    request: GithubRequest<Schema>,
    signal: AbortSignal,
  ): Promise<GithubAnswer<z.output<Schema>>>;
  /** @throws As `read`. */
  create<Schema extends z.ZodType>(
    request: GithubRequest<Schema>,
    signal: AbortSignal,
  ): Promise<GithubAnswer<z.output<Schema>>>;
}

const bodyBytesMax = 16 * 1_024 * 1_024;

const apiVersion = '2022-11-28';

/** Makes a client for GitHub's REST API. */
export function createGithubClient(options: GithubOptions): GithubClient {
  const { caller, clock, concurrency, redact } = options;
  const errors = upstreamErrors({ system: 'GitHub', urlSetting: 'GITHUB_URL', tokenSetting: 'GITHUB_TOKEN', redact });
  const upstream = createUpstream({ caller, errors, clock, concurrency });
  const octokit = createOctokit(options);

  async function send<Schema extends z.ZodType>(
    request: GithubRequest<Schema>,
    { method, after }: { method: 'GET' | 'POST'; after: AfterFailure },
    signal: AbortSignal,
  ): Promise<GithubAnswer<z.output<Schema>>> {
    const { path, repository, parameters, answer } = request;
    try {
      const response = githubResponse.parse(
        await octokit.request(`${method} ${path}`, {
          ...parameters,
          headers: { 'x-github-api-version': apiVersion },
          request: { signal },
        }),
      );
      // A moved repository answers with a redirect to one that may not be on the list, so redirects are not followed.
      if (response.status >= 300 && repository) throw repositoryNotFound(repository);
      return { data: answer.parse(response.data), hasNext: response.headers.link?.includes('rel="next"') ?? false };
    } catch (error) {
      throw githubFailure(error, { repository, after, errors, now: clock.now() });
    }
  }

  return {
    errors,
    read: (request, signal) =>
      upstream.read(request.operation, signal, (inner) => send(request, { method: 'GET', after: 'unchanged' }, inner)),
    create: (request, signal) =>
      upstream.change(request.operation, signal, (inner) =>
        send(request, { method: 'POST', after: 'maybe_changed' }, inner),
      ),
  };
}

function createOctokit({ url, token, log }: GithubOptions): Octokit {
  const Client = Octokit.plugin(throttling);
  return new Client({
    baseUrl: url.replace(/\/+$/, ''),
    auth: token,
    userAgent: 'fairlead-devops',
    request: { fetch: createCappedFetch(bodyBytesMax), redirect: 'manual' },
    // The plugin spaces writes as GitHub asks for. Waiting out a limit is the upstream's work, which can be cancelled:
    // a handler that answers nothing makes the plugin pass the refusal on.
    throttle: { id: url, onRateLimit: () => undefined, onSecondaryRateLimit: () => undefined },
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message: string) => log.warn({ system: 'github' }, message),
      error: (message: string) => log.error({ system: 'github' }, message),
    },
  });
}
