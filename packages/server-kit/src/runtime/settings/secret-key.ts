import { z } from 'zod';
import { Secret } from '../secret.ts';
import { secretMark } from './secret.ts';

const bytesMin = 32;
const distinctCharactersMin = 8;

/**
 * Schema of a setting that holds key material: a text of at least 32 bytes in UTF-8 with at least 8 different
 * characters, so that an empty, short or all-equal key ends the start (06 N08, 04 G-66). The key is the text's bytes.
 */
export function secretKey(): z.ZodType<Secret, string> {
  return z
    .string()
    .refine(isStrong, `is not a key of at least ${bytesMin} random bytes. Make one: openssl rand -base64 48`)
    .meta(secretMark)
    .transform((value) => new Secret(value));
}

function isStrong(value: string): boolean {
  return Buffer.byteLength(value) >= bytesMin && new Set(value).size >= distinctCharactersMin;
}
