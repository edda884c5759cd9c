import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRunFolder } from './create-run-folder.ts';

test('makes a private folder and removes it with its files when the scope ends', async () => {
  let path: string;
  {
    await using folder = await createRunFolder();
    path = folder.path;
    writeFileSync(join(path, 'note.txt'), 'hello');
    expect(statSync(path).mode & 0o777).toBe(0o700);
  }

  expect(existsSync(path)).toBe(false);
});
