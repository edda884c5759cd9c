import type { IncomingHttpHeaders } from 'node:http';
import { tokenLengthMax } from './decode-token.ts';
import { credentialAmbiguous, credentialInvalid, credentialMissing, type Refusal } from './refusal.ts';

/** What of a request may carry a credential. */
export interface CredentialSources {
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as `node:http` has them: in `headers` a second `Authorization` is no longer to be seen. */
  readonly rawHeaders: readonly string[];
  readonly url: string;
}

const bearerScheme = 'bearer ';
const tokenParameters = new Set([
  'access_token',
  'token',
  'api_key',
  'api-key',
  'apikey',
  'x-api-key',
  'authorization',
]);

/**
 * Finds the one credential of a request: `Authorization: Bearer` or `X-API-Key` (04 G-58). Two different ones, or a
 * header twice, are refused, and so is one in the URL, where logs and histories keep it.
 */
export function readCredential({ headers, rawHeaders, url }: CredentialSources): string | Refusal {
  if (hasCredentialInQuery(url)) return credentialInQuery();
  if (isRepeated(rawHeaders)) {
    return credentialAmbiguous('A credential header occurs twice. Send one Authorization or one X-API-Key header.');
  }
  const { authorization, 'x-api-key': apiKey } = headers;
  const bearer = authorization === undefined ? undefined : readBearer(authorization);
  if (authorization !== undefined && apiKey !== undefined && apiKey !== bearer) {
    return credentialAmbiguous('Authorization and X-API-Key differ. Send one of them.');
  }
  if (authorization !== undefined && bearer === undefined) {
    return credentialInvalid('The Authorization header is not "Bearer <API key or token>". Send it in that form.');
  }
  const credential = bearer ?? apiKey;
  if (typeof credential !== 'string' || credential === '') return credentialMissing();
  if (credential.length > tokenLengthMax) {
    return credentialInvalid('The credential is longer than 8 KiB. Send a shorter token.');
  }
  return credential;
}

/** The token of an `Authorization` header. The scheme's case does not count (RFC 9110). */
function readBearer(authorization: string): string | undefined {
  const scheme = authorization.slice(0, bearerScheme.length).toLowerCase();
  const token = authorization.slice(bearerScheme.length).trim();
  return scheme === bearerScheme && token !== '' ? token : undefined;
}

/** Looks at every header of every request, so it compares lengths before it copies a name. */
function isRepeated(rawHeaders: readonly string[]): boolean {
  let authorizations = 0;
  let apiKeys = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 13 && name.toLowerCase() === 'authorization') authorizations += 1;
    if (name?.length === 9 && name.toLowerCase() === 'x-api-key') apiKeys += 1;
  }
  return authorizations > 1 || apiKeys > 1;
}

function hasCredentialInQuery(url: string): boolean {
  const start = url.indexOf('?');
  if (start === -1) return false;
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    if (tokenParameters.has(name.toLowerCase()) || looksLikeCredential(value)) return true;
  }
  return false;
}

function looksLikeCredential(value: string): boolean {
  return value.startsWith('flk_') || (value.startsWith('eyJ') && value.split('.').length === 3);
}

function credentialInQuery(): Refusal {
  return credentialInvalid(
    'A credential in the URL is not accepted. Send it in the Authorization header, and replace it: URLs are kept in logs.',
  );
}
