import { z } from 'zod';
import { Secret } from '../secret.ts';

/** Marks a schema's input as secret, so that its value is never printed and `<NAME>_FILE` is read. */
export const secretMark = Object.freeze({ secret: true });

/** Schema of a setting that holds a secret: a text that is not empty. The value is a `Secret`. */
export function secret(): z.ZodType<Secret, string> {
  return z
    .string()
    .min(1, 'is empty')
    .meta(secretMark)
    .transform((value) => new Secret(value));
}
