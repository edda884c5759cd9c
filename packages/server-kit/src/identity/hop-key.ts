import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { Unavailable } from '../runtime/errors/errors.ts';

/** The public half of a hop key, as the gateway publishes it (RFC 8037). */
export interface HopPublicKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

const ed25519Jwk = z.looseObject({ x: z.string() });

/** Makes the key that a gateway signs its hop tokens with: Ed25519, PEM (PKCS #8). */
export function generateHopKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * Loads a hop key.
 *
 * @throws Unavailable with code HOP_KEY_INVALID when the text is not an Ed25519 private key.
 */
export function loadHopKey(pem: string): KeyObject {
  const key = parsePrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw hopKeyInvalid();
  return key;
}

/** The public half; its `kid` is the key's thumbprint (RFC 7638), so that the same key has the same id everywhere. */
export function hopPublicKey(privateKey: KeyObject): HopPublicKey {
  const { x } = ed25519Jwk.parse(createPublicKey(privateKey).export({ format: 'jwk' }));
  const thumbprintInput = JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x });
  const kid = createHash('sha256').update(thumbprintInput).digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' };
}

function parsePrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw hopKeyInvalid(cause);
  }
}

function hopKeyInvalid(cause?: unknown): Unavailable {
  return new Unavailable('HOP_KEY_INVALID', {
    publicMessage:
      'The hop key is not an Ed25519 private key in PEM form. Make one with: openssl genpkey -algorithm ed25519',
    retryable: false,
    cause,
  });
}
