import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRunFolder, until } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { watchSource } from '../../src/up/watch-source.ts';

test('reports a change of a source once, and no change of a test or another file', async () => {
  await using folder = await createRunFolder();
  const nested = path.join(folder.path, 'tools');
  mkdirSync(nested);
  let changes = 0;
  using watch = watchSource([folder.path], () => (changes += 1));

  writeFileSync(path.join(nested, 'a.test.ts'), '1');
  writeFileSync(path.join(nested, 'notes.md'), '1');
  writeFileSync(path.join(nested, 'a.ts'), '1');
  writeFileSync(path.join(nested, 'a.ts'), '2');

  await until(() => changes > 0, { withinMs: 10_000, what: 'a change' });
  expect(changes).toBe(1);
  expect(watch.folders).toEqual([folder.path]);
});
