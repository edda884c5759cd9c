import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { makeDemoKeys } from './demo-keys.ts';
import { makeSecretFiles } from './secret-files.ts';
import { prepareStateFolder } from './state-folder.ts';

test('makes one key for each role, in clear for the owner alone, as a hash for the gateway', async () => {
  await using folder = await createRunFolder();
  const state = prepareStateFolder(folder.path);

  const keys = await makeDemoKeys(state, makeSecretFiles(state.secrets));

  expect(Object.keys(keys)).toEqual(['admin', 'analyst', 'developer', 'viewer']);
  expect(keys['viewer']).toMatch(/^flk_/);
  expect(JSON.parse(readFileSync(state.demoKeys, 'utf8'))).toEqual(keys);
  expect(statSync(state.demoKeys).mode & 0o777).toBe(0o600);
  expect(readFileSync(state.keys, 'utf8')).not.toContain(keys['viewer']);
});

// A connected client keeps the key that it was given.
test('keeps the keys over a restart', async () => {
  await using folder = await createRunFolder();
  const state = prepareStateFolder(folder.path);
  const secrets = makeSecretFiles(state.secrets);
  const before = await makeDemoKeys(state, secrets);

  expect(await makeDemoKeys(state, secrets)).toEqual(before);
});

test('makes new keys when the store no longer takes the old ones', async () => {
  await using folder = await createRunFolder();
  const state = prepareStateFolder(folder.path);
  const secrets = makeSecretFiles(state.secrets);
  const before = await makeDemoKeys(state, secrets);
  rmSync(state.keys);

  const after = await makeDemoKeys(state, secrets);

  expect(after['admin']).not.toBe(before['admin']);
});

test('replaces a file of keys that cannot be read', async () => {
  await using folder = await createRunFolder();
  const state = prepareStateFolder(folder.path);
  writeFileSync(state.demoKeys, '{"admin": 1');

  const keys = await makeDemoKeys(state, makeSecretFiles(state.secrets));

  expect(keys['admin']).toMatch(/^flk_/);
});
