import { Unavailable } from '../runtime/errors/errors.ts';

/** A secret text or secret bytes. */
export type SecretBytes = Buffer | { reveal(): string };

const bytesMin = 32;
const differentBytesMin = 8;

/**
 * The bytes of a pepper. A text counts as its UTF-8 bytes without white space at the ends, so that a file with a last
 * line break and one without are the same pepper.
 *
 * @throws Unavailable with code SECRET_WEAK when it is shorter than 32 bytes or made of fewer than 8 different ones (04
 * G-66, 06 N08).
 */
export function pepperBytes(pepper: SecretBytes): Buffer {
  const bytes = Buffer.isBuffer(pepper) ? pepper : Buffer.from(pepper.reveal().trim(), 'utf8');
  if (bytes.length < bytesMin || new Set(bytes).size < differentBytesMin) {
    throw new Unavailable('SECRET_WEAK', {
      publicMessage: `The key pepper is weak: it needs at least ${bytesMin} random bytes. Make one with: openssl rand -base64 48`,
      retryable: false,
    });
  }
  return bytes;
}
