import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { chooseKey, type KeyChoice } from '../fleet/choose-key.ts';
import { findFleet } from '../fleet/find-fleet.ts';
import { refusal } from '../mcp/refusal.ts';

/** The gateway's admin API under `/api/v1`. */
export interface AdminApi {
  /**
   * Sends one request and answers the parsed JSON of the body; nothing for an empty one.
   *
   * @throws CliError unreachable, not authenticated, denied or usage, with the gateway's own words.
   */
  send(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
}

/** What the API is reached with. */
export interface AdminApiOptions {
  /** Address of the gateway without a trailing slash. */
  readonly url: string;
  readonly key: string;
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
}

/** Makes the admin API of one gateway. */
export function createAdminApi({ url, key, signal, fetch: fetcher }: AdminApiOptions): AdminApi {
  return {
    async send(method, path, body) {
      const response = await fetcher(`${url}/api/v1${path}`, {
        method,
        signal,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch((error: unknown) => {
        throw new CliError(exitCode.unreachable, `${url} does not answer.`, { fix: 'fairlead doctor', cause: error });
      });
      if (!response.ok) throw await refusal(response);
      const text = await response.text();
      return text === '' ? undefined : JSON.parse(text);
    },
  };
}

/** The admin API of the fleet and with the key that a command's options name. */
export function openAdminApi(
  values: KeyChoice & { readonly fleet?: string | undefined },
  context: CommandContext,
): AdminApi {
  const fleet = findFleet(values.fleet, context);
  return createAdminApi({ url: fleet.url, key: chooseKey(fleet, values), signal: context.signal, fetch });
}
