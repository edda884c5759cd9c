import { randomUUID, sign as signBytes, type KeyObject } from 'node:crypto';
import type { Principal } from '@fairlead/contracts';
import type { Clock } from '../runtime/clock.ts';
import { hopPublicKey, type HopPublicKey } from './hop-key.ts';

/** With which key and in whose name hop tokens are signed. */
export interface HopSignerOptions {
  /** From `loadHopKey`. */
  readonly privateKey: KeyObject;
  /** `iss` of the tokens; the setting `GATEWAY_ISSUER`. */
  readonly issuer: string;
  readonly clock: Clock;
}

/** What a hop token is for. */
export interface HopRequest {
  readonly principal: Principal;
  /** The service that may accept it: `fairlead:<service name>`. */
  readonly audience: string;
  /** Permission globs that the service gets to see: the principal's `allow`, or less. */
  readonly permissions: readonly string[];
}

/** Signs the identity that a gateway sends to our own services. */
export interface HopSigner {
  sign(request: HopRequest): string;
  /** The public keys, for `/.well-known/jwks.json`. */
  jwks(): { readonly keys: readonly HopPublicKey[] };
}

/** How long a hop token lives. One may be reused for less than that. */
const hopLifetimeSeconds = 60;

/**
 * Creates the signer of hop tokens (01 §6): EdDSA, valid for 60 s and never longer than the caller's own credential. The
 * credential itself is not in it. `sub_iss` and `key_id` keep callers of equal `sub` apart (06 N05).
 */
export function createHopSigner({ privateKey, issuer, clock }: HopSignerOptions): HopSigner {
  const publicKey = hopPublicKey(privateKey);
  const header = encode({ alg: 'EdDSA', kid: publicKey.kid, typ: 'JWT' });
  const jwks = Object.freeze({ keys: Object.freeze([publicKey]) });

  return {
    sign({ principal, audience, permissions }) {
      const issuedAt = Math.floor(clock.now().getTime() / 1_000);
      const claims = encode({
        iss: issuer,
        aud: audience,
        sub: principal.sub,
        sub_iss: principal.issuer,
        key_id: principal.keyId,
        tenant: principal.tenant,
        roles: principal.roles,
        permissions,
        deny: principal.deny,
        act: { sub: issuer },
        jti: randomUUID(),
        iat: issuedAt,
        exp: Math.min(issuedAt + hopLifetimeSeconds, principal.expiresAtSeconds ?? Number.POSITIVE_INFINITY),
      });
      const signingInput = `${header}.${claims}`;
      return `${signingInput}.${signBytes(null, Buffer.from(signingInput), privateKey).toString('base64url')}`;
    },
    jwks: () => jwks,
  };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
