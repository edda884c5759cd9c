import { readFileSync, rmSync, statSync } from 'node:fs';
import { loadHopKey } from '@fairlead/server-kit/identity';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { makeSecretFiles, secretNames } from './secret-files.ts';

test('G-66 makes five keys of at least 32 bytes, each its own, for the owner alone', async () => {
  await using folder = await createRunFolder();

  const files = makeSecretFiles(folder.path);

  const texts = secretNames.map((name) => readFileSync(files[name], 'utf8').trim());
  expect(new Set(texts).size).toBe(5);
  expect(Math.min(...texts.map((text) => Buffer.byteLength(text)))).toBeGreaterThanOrEqual(32);
  expect(secretNames.map((name) => statSync(files[name]).mode & 0o777)).toEqual([0o600, 0o600, 0o600, 0o600, 0o600]);
});

test('makes a hop key that signs', async () => {
  await using folder = await createRunFolder();

  const { hop } = makeSecretFiles(folder.path);

  expect(loadHopKey(readFileSync(hop, 'utf8')).asymmetricKeyType).toBe('ed25519');
});

// A new pepper would make every stored key unknown.
test('keeps the keys that are there and makes only what is missing', async () => {
  await using folder = await createRunFolder();
  const files = makeSecretFiles(folder.path);
  const pepper = readFileSync(files.pepper, 'utf8');
  rmSync(files.seal);

  makeSecretFiles(folder.path);

  expect(readFileSync(files.pepper, 'utf8')).toBe(pepper);
  expect(readFileSync(files.seal, 'utf8')).toHaveLength(44);
});
