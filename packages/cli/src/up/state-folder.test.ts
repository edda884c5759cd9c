import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { prepareStateFolder } from './state-folder.ts';

test('makes the folder for its owner alone', async () => {
  await using folder = await createRunFolder();

  const state = prepareStateFolder(path.join(folder.path, 'a', 'state'));

  expect(statSync(state.path).mode & 0o777).toBe(0o700);
  expect(statSync(state.secrets).mode & 0o777).toBe(0o700);
});

test('closes a folder that an older run left open to others', async () => {
  await using folder = await createRunFolder();
  const state = path.join(folder.path, 'state');
  mkdirSync(state);
  chmodSync(state, 0o755);

  prepareStateFolder(state);

  expect(statSync(state).mode & 0o777).toBe(0o700);
});

// A file in the way is refused for root too, whom no mode keeps out.
test('refuses a folder that cannot be made, and says what to do', async () => {
  await using folder = await createRunFolder();
  const file = path.join(folder.path, 'file');
  writeFileSync(file, '');

  expect(() => prepareStateFolder(path.join(file, 'state'))).toThrow(
    expect.objectContaining({
      exitCode: 1,
      message: `the state folder ${file}/state cannot be written (ENOTDIR).`,
      fix: 'fairlead up --state DIR, with a folder of your own',
    }),
  );
});
