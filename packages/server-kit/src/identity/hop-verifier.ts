import { createPublicKey, verify as verifySignature, type KeyObject } from 'node:crypto';
import type { Principal } from '@fairlead/contracts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Metrics } from '../runtime/metrics.ts';
import { decodeToken, type DecodedToken, type TokenFailure } from './decode-token.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { KeySetCache } from './key-set-cache.ts';
import { createKeySetRequest, type Fetch, type JsonWebKeySet } from './key-set-request.ts';
import { readStrings } from './read-strings.ts';

/** Which gateway a service trusts, and under which name. */
export interface HopVerifierOptions {
  /** The gateway's key set; the setting `GATEWAY_JWKS_URL`. */
  readonly jwksUrl: string;
  /** The setting `GATEWAY_ISSUER`. */
  readonly issuer: string;
  /** `fairlead:<service name>`. */
  readonly audience: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Pick<Logger, 'warn'>;
}

/** Verifies the identity that a gateway sends. */
export interface HopVerifier {
  verify(token: string): Promise<Principal | TokenFailure>;
}

type KeySet = ReadonlyMap<string, KeyObject>;

const leewaySeconds = 30;

/**
 * Creates the verifier of hop tokens (01 §6). Keys are read on first use and kept for 10 minutes; an unknown key id reads
 * them again at most once in 30 s. A token of another issuer is `unknown-issuer`, so that a service can have both.
 */
export function createHopVerifier(options: HopVerifierOptions): HopVerifier {
  const { jwksUrl, issuer, audience, clock, log } = options;
  const request = createKeySetRequest(options);
  const keys = new KeySetCache<KeySet>({
    clock,
    load: async () => importKeys(await request.fromUrl(jwksUrl)),
    onFailure: (error) => log.warn({ err: error, issuer }, 'issuer_keys.not_read'),
  });

  return {
    async verify(token) {
      const decoded = decodeToken(token);
      if (decoded === undefined) return 'invalid';
      if (decoded.claims['iss'] !== issuer) return 'unknown-issuer';
      if (decoded.header['alg'] !== 'EdDSA') return 'invalid';
      const key = await findKey(keys, decoded.header['kid']);
      if (typeof key === 'string') return key;
      if (!isSignedBy(key, decoded) || decoded.claims['aud'] !== audience) return 'invalid';
      return readPrincipal(decoded.claims, clock.now().getTime() / 1_000);
    },
  };
}

function importKeys({ keys }: JsonWebKeySet): KeySet {
  const usable = keys.filter(({ kty, crv }) => kty === 'OKP' && crv === 'Ed25519');
  return new Map(usable.map((jwk) => [String(jwk['kid']), createPublicKey({ key: jwk, format: 'jwk' })]));
}

async function findKey(keys: KeySetCache<KeySet>, kid: unknown): Promise<KeyObject | TokenFailure> {
  if (typeof kid !== 'string') return 'invalid';
  const current = await keys.current();
  if (current === undefined) return 'unavailable';
  return current.get(kid) ?? (await keys.refreshed())?.get(kid) ?? 'invalid';
}

function isSignedBy(key: KeyObject, { signingInput, signature }: DecodedToken): boolean {
  return verifySignature(null, Buffer.from(signingInput), key, signature);
}

function readPrincipal(claims: JsonObject, nowSeconds: number): Principal | TokenFailure {
  const { sub, exp, sub_iss: issuer, key_id: keyId, tenant } = claims;
  const roles = readStrings(claims['roles']);
  const allow = readStrings(claims['permissions']);
  const deny = readStrings(claims['deny']);
  // Without its `act` it is not a hop token, whoever signed it.
  if (!isJsonObject(claims['act']) || !isText(sub) || typeof exp !== 'number') return 'invalid';
  if (roles === undefined || allow === undefined || deny === undefined) return 'invalid';
  if (exp + leewaySeconds <= nowSeconds) return 'expired';
  return Object.freeze({
    sub,
    roles,
    allow,
    deny,
    via: 'gateway',
    expiresAtSeconds: exp,
    ...(isText(issuer) ? { issuer } : {}),
    ...(isText(keyId) ? { keyId } : {}),
    ...(isText(tenant) ? { tenant } : {}),
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
