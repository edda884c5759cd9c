import { randomBytes } from 'node:crypto';
import { keyRecord } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { generateApiKey, hashApiKey, isSameHash, parseApiKey } from './api-key.ts';

test('G-58 makes keys of the form flk_<12 base32>_<43 base62> whose id can be read back', () => {
  for (let made = 0; made < 200; made += 1) {
    const { id, key } = generateApiKey();

    expect(key).toMatch(/^flk_[a-z2-7]{12}_[0-9A-Za-z]{43}$/);
    expect(parseApiKey(key)).toEqual({ id });
    expect(keyRecord.shape.id.safeParse(id).success).toBe(true);
  }
});

test('G-58 makes a different key each time, and uses every digit', () => {
  const keys = Array.from({ length: 500 }, () => generateApiKey().key);

  expect(new Set(keys).size).toBe(500);
  expect(new Set(keys.join('')).size).toBe(63);
});

test.for([
  '',
  'flk_',
  'flk_abcdefghijkl_short',
  `flk_abcdefghijk1_${'a'.repeat(43)}`,
  `FLK_abcdefghijkl_${'a'.repeat(43)}`,
  `flk_abcdefghijkl_${'a'.repeat(44)}`,
  `flk_abcdefghijkl_${'a'.repeat(42)}-`,
  ` flk_abcdefghijkl_${'a'.repeat(43)}`,
  `flk_abcdefghijkl_${'a'.repeat(43)}\n`,
])('does not take %j for a key', (text) => {
  expect(parseApiKey(text)).toBeUndefined();
});

test('G-58 hashes under the pepper: the same key under another pepper is another hash', () => {
  const { key } = generateApiKey();
  const pepper = randomBytes(32);

  const hash = hashApiKey(key, pepper);

  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(isSameHash(hash, hashApiKey(key, pepper))).toBe(true);
  expect(isSameHash(hash, hashApiKey(key, randomBytes(32)))).toBe(false);
  expect(isSameHash(hash, hash.slice(1))).toBe(false);
});
