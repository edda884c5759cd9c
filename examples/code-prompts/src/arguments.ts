import { z } from 'zod';

/** Most bytes of UTF-8 in one argument that holds code. */
const textBytesMax = 65_536;

const text = z
  .string()
  .min(1)
  .refine(
    (value) => Buffer.byteLength(value) <= textBytesMax,
    `is longer than ${textBytesMax / 1_024} KiB: give the part that matters`,
  );

/** Code, as text. A path or `@file` in it stays what it is: nothing is read. */
export const codeArgument = text.describe('The code itself, at most 64 KiB.');
/** What a program said when it failed. */
export const errorArgument = text.describe('The error message.');
export const stackArgument = text.describe('The stack trace.');
export const goalArgument = z
  .string()
  .min(1)
  .max(500)
  .describe('What the change should bring, such as fewer branches.');
/** Name of a language; one word, so that it cannot carry a sentence. */
export const languageArgument = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9+#._-]{0,29}$/, 'is not the name of a language')
  .describe('Language of the code, such as typescript.');
