import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Makes and opens tokens that only this installation can read, and only for one purpose. */
export interface Sealer {
  /**
   * Seals a payload of UTF-8 text into base64url. `aad` says for whom and for what (caller, tool, arguments digest); the
   * same text is needed to open it.
   *
   * @throws RangeError when `ttlSeconds` is not a positive whole number.
   */
  seal(payload: Uint8Array | string, aad: string, ttlSeconds: number): string;
  /** Opens a token. `undefined` when it is foreign, altered, expired, or made for another purpose or `aad`. */
  open(token: string, aad: string): string | undefined;
}

/** What a sealer needs. */
export interface SealerOptions {
  /** At least 32 bytes, the same on every replica. */
  readonly masterKey: Uint8Array;
  /** `cursor`, `elicitation`: each purpose has its own key, so that a token of one never opens as another. */
  readonly purpose: string;
  readonly clock: Clock;
}

const algorithm = 'aes-256-gcm';
const version = 1;
const masterKeyBytesMin = 32;
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const expiryBytes = 6;
const overheadBytes = 1 + nonceBytes + expiryBytes + tagBytes;
const tokenCharactersMax = 1_048_576;

/**
 * Makes a sealer: AES-256-GCM under a key derived by HKDF-SHA-256 for the purpose. The expiry lies inside the sealed
 * part; a version byte in front lets a later form live beside this one.
 *
 * @throws RangeError when the master key is shorter than 32 bytes.
 */
export function createSealer({ masterKey, purpose, clock }: SealerOptions): Sealer {
  if (masterKey.byteLength < masterKeyBytesMin) {
    throw new RangeError(`The master key has ${masterKey.byteLength} bytes; it needs ${masterKeyBytesMin} or more.`);
  }
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', masterKey, '', `fairlead seal ${purpose}`, keyBytes)));
  const nowSeconds = (): number => Math.floor(clock.now().getTime() / 1_000);

  return {
    seal(payload, aad, ttlSeconds) {
      if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds < 1)
        throw new RangeError('ttlSeconds must be a whole number of 1 or more.');
      const expiry = Buffer.alloc(expiryBytes);
      expiry.writeUIntBE(nowSeconds() + ttlSeconds, 0, expiryBytes);
      return encrypt(Buffer.concat([expiry, Buffer.from(payload)]), { key, aad }).toString('base64url');
    },
    open(token, aad) {
      const plain = decrypt(token, { key, aad });
      if (plain === undefined || plain.readUIntBE(0, expiryBytes) <= nowSeconds()) return undefined;
      return plain.toString('utf8', expiryBytes);
    },
  };
}

interface SealKey {
  readonly key: KeyObject;
  readonly aad: string;
}

function encrypt(plain: Buffer, { key, aad }: SealKey): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(aad));
  return Buffer.concat([Buffer.of(version), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(token: string, { key, aad }: SealKey): Buffer | undefined {
  const sealed = decode(token);
  if (sealed === undefined || sealed[0] !== version || sealed.length < overheadBytes) return undefined;
  const nonce = sealed.subarray(1, 1 + nonceBytes);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(aad));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  const plain = decipher.update(sealed.subarray(1 + nonceBytes, -tagBytes));
  try {
    decipher.final();
  } catch {
    // GCM says by throwing that the tag does not fit: one answer for foreign, altered and otherwise bound.
    return undefined;
  }
  return plain;
}

/** Node skips characters that are not base64url, so only the one canonical spelling of the bytes is taken. */
function decode(token: string): Buffer | undefined {
  if (token.length > tokenCharactersMax) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  return bytes.toString('base64url') === token ? bytes : undefined;
}
