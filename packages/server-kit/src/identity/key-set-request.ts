import { z } from 'zod';
import type { Clock } from '../runtime/clock.ts';
import { Unavailable } from '../runtime/errors/errors.ts';
import type { Metrics } from '../runtime/metrics.ts';
import { createOutsideCaller } from '../resilience/outside-caller.ts';

/** What is used of `fetch`. */
export type Fetch = (
  url: string,
  init: { readonly signal: AbortSignal; readonly redirect: 'error'; readonly headers: { readonly accept: string } },
) => Promise<Response>;

/** What reading key sets needs. */
export interface KeySetRequestOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

/** One public key as its issuer publishes it (RFC 7517). */
const jsonWebKey = z.looseObject({ kty: z.string() });

const jsonWebKeySet = z.looseObject({ keys: z.array(jsonWebKey).max(100) });
/** The keys of an issuer, not yet imported. */
export type JsonWebKeySet = z.infer<typeof jsonWebKeySet>;

const discoveryDocument = z.looseObject({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/** Reads key sets of token issuers. */
export interface KeySetRequest {
  /** @throws ServiceError; ZodError when the answer is not a key set. */
  fromUrl(jwksUrl: string): Promise<JsonWebKeySet>;
  /** Finds the key set by OpenID Connect discovery. @throws as `fromUrl`. */
  fromIssuer(issuer: string): Promise<JsonWebKeySet>;
}

const timeoutMs = 2_000;
const answerBytesMax = 256 * 1_024;

/**
 * Creates the reader of issuers' keys. Follows no redirect, reads at most 256 KiB, waits at most 2 s. The addresses come
 * from config or from the issuer itself, never from a token (04 G-59, 06 N10).
 */
export function createKeySetRequest({ fetch, clock, metrics }: KeySetRequestOptions): KeySetRequest {
  const outside = createOutsideCaller({ system: 'token_issuer', metrics, clock, timeoutMs, retries: 1 });
  // Callers share a load, so none of them may cancel it; only the time limit does.
  const { signal } = new AbortController();

  async function readJson(operation: string, url: string): Promise<unknown> {
    return outside.call(operation, { signal, retryable: true }, async (inner) => {
      const response = await fetch(url, { signal: inner, redirect: 'error', headers: { accept: 'application/json' } });
      if (!response.ok) throw unexpected(`answered ${response.status}`);
      return JSON.parse(await readText(response));
    });
  }

  async function fromUrl(jwksUrl: string): Promise<JsonWebKeySet> {
    return jsonWebKeySet.parse(await readJson('read_keys', jwksUrl));
  }

  return {
    fromUrl,
    async fromIssuer(issuer) {
      const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
      const found = discoveryDocument.parse(await readJson('discover', url));
      if (found.issuer !== issuer) throw unexpected(`names itself "${found.issuer}"`);
      if (issuer.startsWith('https:') && !found.jwks_uri.startsWith('https:'))
        throw unexpected('offers its keys without TLS');
      return fromUrl(found.jwks_uri);
    },
  };
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > answerBytesMax) throw unexpected(`answered more than ${answerBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function unexpected(problem: string): Unavailable {
  return new Unavailable('AUTH_UNAVAILABLE', {
    message: `read the keys of a token issuer: it ${problem}`,
    publicMessage: 'The keys of the token issuer cannot be read. Try again in a minute.',
  });
}
