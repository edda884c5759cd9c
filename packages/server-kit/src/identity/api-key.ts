import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new API key. `key` is shown once and never stored. */
export interface NewApiKey {
  readonly id: string;
  readonly key: string;
}

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const idLength = 12;
const secretLength = 43;
const form = /^flk_([a-z2-7]{12})_[0-9A-Za-z]{43}$/;

/** Makes an API key: `flk_<12 base32>_<43 base62>`, of which the last part is 256 random bits (04 G-58). */
export function generateApiKey(): NewApiKey {
  const id = Array.from(randomBytes(idLength), (byte) => base32.charAt(byte % base32.length)).join('');
  return { id, key: `flk_${id}_${toBase62(randomBytes(32))}` };
}

/** The id of an API key; undefined when the text does not have the form of one. */
export function parseApiKey(text: string): { readonly id: string } | undefined {
  const id = form.exec(text)?.[1];
  return id === undefined ? undefined : { id };
}

/**
 * The form in which a key is stored: its HMAC-SHA-256 under the pepper, in hex. No slow hash is needed, since the secret
 * cannot be guessed.
 */
export function hashApiKey(key: string, pepper: Buffer): string {
  return createHmac('sha256', pepper).update(key).digest('hex');
}

/** Compares two hashes in a time that does not tell where they differ. */
export function isSameHash(first: string, second: string): boolean {
  const firstBytes = Buffer.from(first);
  const secondBytes = Buffer.from(second);
  return firstBytes.length === secondBytes.length && timingSafeEqual(firstBytes, secondBytes);
}

/** 43 digits hold 256 bits with room to spare, so every value has exactly one text. */
function toBase62(bytes: Buffer): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let digit = 0; digit < secretLength; digit += 1) {
    text = base62.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}
