import type { OutsideCaller } from '@fairlead/server-kit/resilience';
import type { Clock } from '@fairlead/server-kit/runtime';
import { LogLevel, WebClient, type FetchFunction, type WebClientOptions } from '@slack/web-api';
import type { z } from 'zod';
import { createCappedFetch } from './capped-fetch.ts';
import { slackFailure } from './slack-failure.ts';
import { upstreamErrors, type AfterFailure, type UpstreamErrors } from './upstream-errors.ts';
import { createUpstream } from './upstream.ts';

/** Where Slack is, and how it may be called. */
export interface SlackOptions {
  /** Root of the Web API, such as `https://slack.com/api/`. */
  readonly url: string;
  readonly token: string;
  readonly caller: OutsideCaller;
  readonly clock: Clock;
  /** Most requests that are open at once. */
  readonly concurrency: number;
  /** Takes secrets out of what Slack says (06 S-97). */
  readonly redact: (text: string) => string;
}

/** One call of the Web API. */
interface SlackRequest<Schema extends z.ZodType> {
  /** Name of the method, such as `chat.postMessage`; a label of the metric. */
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly answer: Schema;
}

/** The calls that this service makes of Slack: reads, which are tried again, and changes, which never are. */
export interface SlackClient {
  readonly errors: UpstreamErrors;
  /** @throws Everything of `slackFailure`; `UPSTREAM_TIMEOUT`; the signal's reason. */
  read<Schema extends z.ZodType>(request: SlackRequest<Schema>, signal: AbortSignal): Promise<z.output<Schema>>;
  /** @throws As `read`. */
  change<Schema extends z.ZodType>(request: SlackRequest<Schema>, signal: AbortSignal): Promise<z.output<Schema>>;
}

const bodyBytesMax = 4 * 1_024 * 1_024;

/** Slack always says how long a limit lasts; something in between may not. Longer than what is waited out. */
const unknownLimitSeconds = '60';

/** Makes a client for Slack's Web API. */
export function createSlackClient({ url, token, caller, clock, concurrency, redact }: SlackOptions): SlackClient {
  const errors = upstreamErrors({ system: 'Slack', urlSetting: 'SLACK_URL', tokenSetting: 'SLACK_TOKEN', redact });
  const upstream = createUpstream({ caller, errors, clock, concurrency });
  const cappedFetch = createCappedFetch(bodyBytesMax);

  async function send<Schema extends z.ZodType>(
    { method, parameters, answer }: SlackRequest<Schema>,
    after: AfterFailure,
    signal: AbortSignal,
  ): Promise<z.output<Schema>> {
    // The client takes no signal per call, so each call gets a client whose fetch has it. Making one opens nothing.
    const client = new WebClient(token, { ...clientOptions, slackApiUrl: url, fetch: fetchWith(cappedFetch, signal) });
    try {
      return answer.parse(await client.apiCall(method, parameters));
    } catch (error) {
      throw slackFailure(error, { after, errors });
    }
  }

  return {
    errors,
    read: (request, signal) => upstream.read(request.method, signal, (inner) => send(request, 'unchanged', inner)),
    change: (request, signal) =>
      upstream.change(request.method, signal, (inner) => send(request, 'maybe_changed', inner)),
  };
}

const clientOptions: WebClientOptions = {
  rejectRateLimitedCalls: true,
  // Retries are the upstream's, which knows what may be sent twice and can be cancelled.
  retryConfig: { retries: 0 },
  allowAbsoluteUrls: false,
  // The client logs whole messages at `debug`, and failures that are raised anyway.
  logger: {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    setLevel: () => undefined,
    getLevel: () => LogLevel.ERROR,
    setName: () => undefined,
  },
};

function fetchWith(fetchCapped: ReturnType<typeof createCappedFetch>, signal: AbortSignal): FetchFunction {
  return async function fetchOnce(url, init) {
    const response = await fetchCapped(url, { ...init, signal });
    if (response.status === 429 && !/^\d+$/.test(response.headers.get('retry-after') ?? '')) {
      response.headers.set('retry-after', unknownLimitSeconds);
    }
    return response;
  };
}
