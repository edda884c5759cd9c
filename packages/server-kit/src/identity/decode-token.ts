import type { JsonObject } from './json-object.ts';
import { parseUniqueJson } from './parse-unique-json.ts';

/** The parts of a token, of which nothing is verified. */
export interface DecodedToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** What the signature is over. */
  readonly signingInput: string;
  readonly signature: Buffer;
}

/** Why a token is not accepted. `unavailable`: its issuer's keys cannot be read now. */
export type TokenFailure = 'invalid' | 'expired' | 'unknown-issuer' | 'unavailable';

/** Longest token that is looked at, in characters (04 G-59). */
export const tokenLengthMax = 8_192;

const form = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Takes a compact JWS apart. Returns undefined when it is longer than 8 KiB, has another form, has a doubled key, or has
 * critical extensions: we know none, so RFC 7515 says to refuse it.
 */
export function decodeToken(token: string): DecodedToken | undefined {
  if (token.length > tokenLengthMax) return undefined;
  const [, headerText, claimsText, signatureText] = form.exec(token) ?? [];
  if (headerText === undefined || claimsText === undefined || signatureText === undefined) return undefined;
  const header = decodeObject(headerText);
  const claims = decodeObject(claimsText);
  if (header === undefined || claims === undefined || 'crit' in header) return undefined;
  return {
    header,
    claims,
    signingInput: `${headerText}.${claimsText}`,
    signature: Buffer.from(signatureText, 'base64url'),
  };
}

function decodeObject(part: string): JsonObject | undefined {
  try {
    return parseUniqueJson(utf8.decode(Buffer.from(part, 'base64url')));
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
