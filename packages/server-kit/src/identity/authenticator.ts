import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Principal, RoleConfig } from '@fairlead/contracts';
import type { Clock } from '../runtime/clock.ts';
import type { TokenFailure } from './decode-token.ts';
import type { HopVerifier } from './hop-verifier.ts';
import type { JwtVerifier } from './jwt-verifier.ts';
import type { KeyStore } from './key-store.ts';
import { readCredential } from './read-credential.ts';
import {
  credentialExpired,
  credentialInvalid,
  isRefusal,
  issuerUnavailable,
  noIdentitySource,
  roleMissing,
  type Refusal,
} from './refusal.ts';
import { resolveRoles } from './resolve-roles.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** The sources of identity that a process has, and what roles mean in it. */
export interface AuthenticatorOptions {
  /** Absent: API keys are not accepted. */
  readonly keys?: KeyStore;
  /** Absent: tokens of outside issuers are not accepted. */
  readonly jwt?: JwtVerifier;
  /** Absent: tokens of a gateway are not accepted. */
  readonly hop?: HopVerifier;
  /** What the roles of keys and outside tokens allow. A gateway's token carries its permissions itself. */
  readonly roles: Readonly<Record<string, RoleConfig>>;
  readonly clock: Clock;
  /** Most verified credentials that are remembered. Default 50,000 (04 G-17). */
  readonly verifiedCacheSize?: number;
}

/** Who calls, or why the call is refused. */
export type AuthenticationAnswer = Principal | Refusal;

/** Tells who calls from the credential of a request. */
export interface Authenticator {
  /**
   * Answers at once for API keys and for credentials that were verified in the last minute, else by a promise. The same
   * credential gives the same object while it is remembered.
   */
  authenticate(
    headers: IncomingHttpHeaders,
    rawHeaders: readonly string[],
    url: string,
  ): AuthenticationAnswer | Promise<AuthenticationAnswer>;
}

const rememberMsMax = 60_000;

/**
 * Creates the authenticator (04 G-58 to G-60). Without keys, issuers and gateway it lets nobody in.
 *
 * A credential is remembered for a minute at most, never past its own end, and not past a change of the keys.
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { keys, jwt, hop, clock, verifiedCacheSize = 50_000 } = options;
  const hasSource = keys !== undefined || jwt !== undefined || hop !== undefined;
  const verified = new VerifiedTokens(verifiedCacheSize);

  function remember(digest: string, epoch: number, answer: AuthenticationAnswer): AuthenticationAnswer {
    if (isRefusal(answer)) return answer;
    const endMs = (answer.expiresAtSeconds ?? Number.POSITIVE_INFINITY) * 1_000;
    const untilMs = Math.min(endMs, clock.now().getTime() + rememberMsMax);
    verified.add(digest, { principal: answer, epoch, untilMs });
    return answer;
  }

  return {
    authenticate(headers, rawHeaders, url) {
      const credential = readCredential({ headers, rawHeaders, url });
      if (!hasSource) return noIdentitySource(typeof credential === 'string' || credential.hadCredential);
      if (typeof credential !== 'string') return credential;
      const digest = hash('sha256', credential, 'base64url');
      // Taken before the check: a key that is revoked meanwhile must not be remembered as good.
      const epoch = keys?.epoch ?? 0;
      const known = verified.find(digest, epoch, clock.now().getTime());
      if (known !== undefined) return known;
      if (credential.startsWith('flk_')) return remember(digest, epoch, checkKey(credential, options));
      return checkToken(credential, options).then((answer) => remember(digest, epoch, answer));
    },
  };
}

function checkKey(key: string, { keys, roles }: AuthenticatorOptions): AuthenticationAnswer {
  if (keys === undefined)
    return credentialInvalid('API keys are not accepted here. Send a token of a configured issuer.');
  const record = keys.find(key);
  switch (record) {
    case 'unknown':
      return credentialInvalid('The API key is not known here. Check that it is complete, or ask for a new one.');
    case 'revoked':
      return credentialInvalid('The API key was revoked. Ask for a new one.');
    case 'expired':
      return credentialExpired('The API key has expired. Ask for a new one.');
    default:
      return withRoles(roles, {
        sub: record.name,
        keyId: record.id,
        via: 'key',
        roles: record.roles,
        ...(record.tenant === undefined ? {} : { tenant: record.tenant }),
        ...(record.expiresAt === undefined ? {} : { expiresAtSeconds: Date.parse(record.expiresAt) / 1_000 }),
      });
  }
}

async function checkToken(token: string, { hop, jwt, roles }: AuthenticatorOptions): Promise<AuthenticationAnswer> {
  const fromGateway = (await hop?.verify(token)) ?? 'unknown-issuer';
  if (typeof fromGateway === 'object') return withPermissions(fromGateway);
  if (fromGateway !== 'unknown-issuer') return tokenRefusals[fromGateway];
  const fromIssuer = (await jwt?.verify(token)) ?? 'unknown-issuer';
  if (typeof fromIssuer === 'object') return withRoles(roles, { ...fromIssuer, via: 'jwt' });
  return tokenRefusals[fromIssuer];
}

type Identity = Omit<Principal, 'allow' | 'deny'>;

function withRoles(roles: Readonly<Record<string, RoleConfig>>, identity: Identity): AuthenticationAnswer {
  const { allow, deny } = resolveRoles(roles, identity.roles);
  return withPermissions(Object.freeze({ ...identity, allow, deny }));
}

function withPermissions(principal: Principal): AuthenticationAnswer {
  return principal.allow.length === 0 ? roleMissing(principal.sub) : principal;
}

const tokenRefusals: Readonly<Record<TokenFailure, Refusal>> = Object.freeze({
  invalid: credentialInvalid('The token is not valid for this server. Sign in again.'),
  expired: credentialExpired('The token has expired. Sign in again.'),
  unavailable: issuerUnavailable(),
  'unknown-issuer': credentialInvalid(
    'The credential is neither an API key nor a token of an issuer that this server trusts. Check that it is complete.',
  ),
});
