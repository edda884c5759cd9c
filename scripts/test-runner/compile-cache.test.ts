import { mkdirSync, mkdtempDisposableSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compileCache } from './compile-cache.ts';

function makeRoot() {
  return mkdtempDisposableSync(path.join(tmpdir(), 'fairlead-compile-cache-'));
}

/** Two entries: a folder of one version of Node, and a file in it. */
function fill(folder: string): void {
  mkdirSync(path.join(folder, 'v24'), { recursive: true });
  writeFileSync(path.join(folder, 'v24', 'entry'), '');
}

test('keeps what earlier runs left, up to the bound', () => {
  using root = makeRoot();
  fill(compileCache(root.path));

  const folder = compileCache(root.path, 2);

  expect(readdirSync(folder, { recursive: true })).toHaveLength(2);
});

test('begins anew above the bound', () => {
  using root = makeRoot();
  fill(compileCache(root.path));

  const folder = compileCache(root.path, 1);

  expect(() => readdirSync(folder)).toThrow('ENOENT');
});
