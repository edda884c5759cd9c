import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { Secret } from '../runtime/secret.ts';
import { pepperBytes } from './pepper-bytes.ts';

test('takes 32 random bytes, and a text of them with or without a last line break', () => {
  const bytes = randomBytes(32);
  const text = bytes.toString('base64');

  expect(pepperBytes(bytes)).toEqual(bytes);
  expect(pepperBytes(new Secret(`${text}\n`))).toEqual(pepperBytes(new Secret(text)));
});

// N08: a weak pepper would make a stolen key file guessable.
test.for([
  ['an empty one', new Secret('')],
  ['a short one', randomBytes(31)],
  ['one of equal bytes', Buffer.alloc(64, 7)],
  ['one of few different letters', new Secret('abcabcabc'.repeat(8))],
  ['white space', new Secret(' '.repeat(64))],
] as const)('N08 G-66 refuses %s and says how to make a good one', ([, pepper]) => {
  expect(() => pepperBytes(pepper)).toThrow(expect.objectContaining({ code: 'SECRET_WEAK' }));
  expect(() => pepperBytes(pepper)).toThrow(/openssl rand/);
});
