import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../cli-error.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';

/** Where messages go now, and with which key. */
export interface RelayTarget {
  readonly url: string;
  readonly key: string;
}

/** What the way to the gateway is made of. */
export interface GatewayPortOptions {
  /** @throws CliError when there is no fleet now. */
  readonly target: () => RelayTarget;
  readonly fetch: typeof fetch;
  /** How long a request waits for a gateway that was there before, while nothing of it was sent. */
  readonly reconnectMsMax: number;
}

type Headers = Readonly<Record<string, string>>;

interface Sending {
  readonly method: 'POST' | 'GET' | 'DELETE';
  readonly headers: Headers;
  readonly body?: string;
}

const firstWaitMs = 100;
const waitMsMax = 1_000;

/** Failures before the first byte left: whatever was asked did not happen. */
const unsentCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * The way to the gateway. A request that a restarting gateway did not take is sent once more when it is back; one of
 * which a byte may have arrived never is (03 C9).
 */
export class GatewayPort {
  readonly #options: GatewayPortOptions;
  #wasReached = false;
  #failure: ExitCode | undefined;

  constructor(options: GatewayPortOptions) {
    this.#options = options;
  }

  /** What the command should end with: why nothing ever got through, or that all is well (01 §3). */
  get exitCode(): ExitCode {
    return this.#failure ?? exitCode.ok;
  }

  /** @throws CliError (unreachable) that says whether the request may have been taken. */
  async post(body: string, headers: Headers, signal: AbortSignal): Promise<Response> {
    return await this.#send({ method: 'POST', headers, body }, signal);
  }

  /** Opens a stream. @throws CliError (unreachable) */
  async get(headers: Headers, signal: AbortSignal): Promise<Response> {
    return await this.#send({ method: 'GET', headers: { ...headers, accept: 'text/event-stream' } }, signal);
  }

  /** Ends a session. One try: a session that nobody uses ends by itself. */
  async delete(headers: Headers, signal: AbortSignal): Promise<void> {
    const response = await this.#try({ method: 'DELETE', headers }, signal);
    await response.body?.cancel();
  }

  async #send(sending: Sending, signal: AbortSignal): Promise<Response> {
    const endMs = performance.now() + (this.#wasReached ? this.#options.reconnectMsMax : 0);
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, waitMsMax)) {
      const isLast = performance.now() + waitMs > endMs;
      const response = await this.#tryUnlessUnsent(sending, { signal, isLast });
      if (response !== undefined && (isLast || !asksToComeAgain(response))) return this.#noteReached(response);
      await response?.body?.cancel();
      await delay(waitMs, undefined, { signal, ref: false });
    }
  }

  /** Nothing when the request was not sent and there is time for another try. */
  async #tryUnlessUnsent(
    sending: Sending,
    { signal, isLast }: { readonly signal: AbortSignal; readonly isLast: boolean },
  ): Promise<Response | undefined> {
    try {
      return await this.#try(sending, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const isUnsent = error instanceof CliError || unsentCodes.has(codeOf(error));
      if (isUnsent && !isLast) return undefined;
      if (!this.#wasReached) this.#failure = error instanceof CliError ? error.exitCode : exitCode.unreachable;
      throw isUnsent ? notThere(error) : wentAway(error);
    }
  }

  async #try({ method, headers, body }: Sending, signal: AbortSignal): Promise<Response> {
    const { url, key } = this.#options.target();
    return await this.#options.fetch(url, {
      method,
      signal,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
  }

  #noteReached(response: Response): Response {
    if (response.status !== 401) {
      this.#wasReached = true;
      this.#failure = undefined;
    } else if (!this.#wasReached) this.#failure = exitCode.notAuthenticated;
    return response;
  }
}

/** The gateway drains, or has no room: it did not take the request (03 §4). */
function asksToComeAgain({ status, headers }: Response): boolean {
  return status === 503 && headers.has('retry-after');
}

function notThere(error: unknown): CliError {
  if (error instanceof CliError) return error;
  return new CliError(exitCode.unreachable, 'The gateway does not answer.', { fix: 'fairlead doctor', cause: error });
}

/** The error of a request that the gateway may have taken. */
export function wentAway(cause?: unknown): CliError {
  return new CliError(exitCode.unreachable, 'The gateway went away while this call was open. It may have run.', {
    fix: 'look before you call again',
    cause,
  });
}

/** `fetch` wraps the system's error. */
function codeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  return 'code' in error ? error.code : codeOf(error.cause);
}
