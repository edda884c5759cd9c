import type { IssuerConfig } from '@fairlead/contracts';
import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import type { Clock } from '../runtime/clock.ts';
import { InvalidInput } from '../runtime/errors/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Metrics } from '../runtime/metrics.ts';
import { decodeToken, type TokenFailure } from './decode-token.ts';
import type { JsonObject } from './json-object.ts';
import { KeySetCache } from './key-set-cache.ts';
import { createKeySetRequest, type Fetch, type KeySetRequest } from './key-set-request.ts';
import { readStrings } from './read-strings.ts';

/** What a verified token says. `roles` are ours, mapped from the issuer's groups; empty when none is mapped. */
export interface VerifiedToken {
  readonly sub: string;
  readonly issuer: string;
  readonly tenant?: string;
  readonly roles: readonly string[];
  readonly expiresAtSeconds: number;
}

/** Verifies tokens of the configured issuers. */
export interface JwtVerifier {
  verify(token: string): Promise<VerifiedToken | TokenFailure>;
}

/** Which issuers are trusted, and what reading their keys needs. */
export interface JwtVerifierOptions {
  readonly issuers: readonly IssuerConfig[];
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Pick<Logger, 'warn'>;
}

type KeySet = ReturnType<typeof createLocalJWKSet>;

interface Issuer {
  readonly config: IssuerConfig;
  readonly roleByGroup: ReadonlyMap<string, string>;
  readonly keys: KeySetCache<KeySet>;
  reportUnusableKey(error: Error): 'invalid';
}

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const leewaySeconds = 30;
const subLengthMax = 256;

/**
 * Creates the verifier of bearer tokens (04 G-59, 06 N11): RS256, PS256, ES256 or EdDSA; `iss`, `aud` and `exp` checked
 * with 30 s of leeway. What a header says of keys is not followed: `jku`, `x5u` and `jwk` are ignored, `crit` is refused,
 * and `kid` only picks among the issuer's keys.
 *
 * Where the config names a tenant claim, a token without it is invalid. A groups claim may be a list, or one text that is
 * one group.
 *
 * @throws InvalidInput with code IDENTITY_INVALID when an issuer is listed twice.
 */
export function createJwtVerifier(options: JwtVerifierOptions): JwtVerifier {
  const request = createKeySetRequest(options);
  const issuers = new Map(options.issuers.map((config) => [config.issuer, createIssuer(config, request, options)]));
  if (issuers.size < options.issuers.length) throw issuerRepeated();

  return {
    async verify(token) {
      const decoded = decodeToken(token);
      if (decoded === undefined) return 'invalid';
      const issuer = issuers.get(String(decoded.claims['iss']));
      if (issuer === undefined) return 'unknown-issuer';
      return verifyByIssuer(token, issuer, options.clock);
    },
  };
}

function issuerRepeated(): InvalidInput {
  return new InvalidInput('IDENTITY_INVALID', {
    publicMessage: 'identity.issuers lists an issuer twice. Give each issuer one entry, with one audience.',
  });
}

function createIssuer(config: IssuerConfig, request: KeySetRequest, { clock, log }: JwtVerifierOptions): Issuer {
  const { issuer, jwksUrl } = config;
  const keys = new KeySetCache({
    clock,
    load: async () =>
      createLocalJWKSet(await (jwksUrl === undefined ? request.fromIssuer(issuer) : request.fromUrl(jwksUrl))),
    onFailure: (error) => log.warn({ err: error, issuer }, 'issuer_keys.not_read'),
  });
  return {
    config,
    keys,
    roleByGroup: new Map(Object.entries(config.roles.map)),
    reportUnusableKey(error) {
      log.warn({ err: error, issuer }, 'issuer_key.not_usable');
      return 'invalid';
    },
  };
}

async function verifyByIssuer(token: string, issuer: Issuer, clock: Clock): Promise<VerifiedToken | TokenFailure> {
  const known = await verifyWith(await issuer.keys.current(), { token, issuer, clock });
  return known === 'unknown-key' ? verifyAfterRefresh(token, issuer, clock) : known;
}

/** The issuer may have begun to sign with a new key. */
async function verifyAfterRefresh(token: string, issuer: Issuer, clock: Clock): Promise<VerifiedToken | TokenFailure> {
  const verified = await verifyWith(await issuer.keys.refreshed(), { token, issuer, clock });
  return verified === 'unknown-key' ? 'invalid' : verified;
}

async function verifyWith(
  keys: KeySet | undefined,
  { token, issuer, clock }: { token: string; issuer: Issuer; clock: Clock },
): Promise<VerifiedToken | TokenFailure | 'unknown-key'> {
  if (keys === undefined) return 'unavailable';
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms,
      issuer: issuer.config.issuer,
      audience: issuer.config.audience,
      clockTolerance: leewaySeconds,
      currentDate: clock.now(),
    });
    return readClaims(payload, issuer) ?? 'invalid';
  } catch (error) {
    if (error instanceof errors.JWTExpired) return 'expired';
    if (error instanceof errors.JWKSNoMatchingKey) return 'unknown-key';
    if (error instanceof errors.JOSEError) return 'invalid';
    // What WebCrypto and jose throw for a published key that is broken or too short: the issuer's fault, not ours.
    if (error instanceof TypeError || error instanceof DOMException) return issuer.reportUnusableKey(error);
    throw error;
  }
}

/** A token without `sub` or `exp` is none of ours; jose checks what is there. */
function readClaims(claims: JsonObject, { config, roleByGroup }: Issuer): VerifiedToken | undefined {
  const { sub, exp } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > subLengthMax || typeof exp !== 'number') return undefined;
  const tenant = config.tenantClaim === undefined ? undefined : claims[config.tenantClaim];
  if (config.tenantClaim !== undefined && (typeof tenant !== 'string' || tenant === '')) return undefined;
  return {
    sub,
    issuer: config.issuer,
    ...(typeof tenant === 'string' ? { tenant } : {}),
    roles: mapRoles(claims[config.roles.claim], roleByGroup),
    expiresAtSeconds: exp,
  };
}

function mapRoles(claim: unknown, roleByGroup: ReadonlyMap<string, string>): readonly string[] {
  const groups = typeof claim === 'string' ? [claim] : (readStrings(claim) ?? []);
  const roles = groups.map((group) => roleByGroup.get(group)).filter((role) => role !== undefined);
  return [...new Set(roles)];
}
