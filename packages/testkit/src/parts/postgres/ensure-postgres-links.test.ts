import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRunFolder } from '../../waiting/create-run-folder.ts';
import { ensurePostgresLinks } from './ensure-postgres-links.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';

const links = [
  { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
  { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
];

/** A package with one library and the real script of the real package, as it lies there when no install script ran. */
async function makePackage(folder: string, listed: readonly unknown[]): Promise<void> {
  const { packageFolder } = await findPostgresBinaries();
  await mkdir(join(folder, 'native', 'lib'), { recursive: true });
  await mkdir(join(folder, 'scripts'));
  await copyFile(join(packageFolder, 'scripts', 'hydrate-symlinks.js'), join(folder, 'scripts', 'hydrate-symlinks.js'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'native', 'lib', 'libpq.so.5.18'), 'a library');
  await writeFile(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(listed));
}

// 09 §3.1 fact 3
test('makes the links of the list, also when some are there', async () => {
  await using folder = await createRunFolder();
  await makePackage(folder.path, links);

  await ensurePostgresLinks(folder.path);
  await rm(join(folder.path, 'native', 'lib', 'libpq.so.5'));
  await ensurePostgresLinks(folder.path);

  expect(await readFile(join(folder.path, 'native', 'lib', 'libpq.so.5'), 'utf8')).toBe('a library');
  expect(await readFile(join(folder.path, 'native', 'lib', 'libpq.so'), 'utf8')).toBe('a library');
});

test('refuses with a mend when a link cannot be made', async () => {
  await using folder = await createRunFolder();
  await makePackage(folder.path, [{ source: 'native/lib/libpq.so.5.18', target: 'native/no/such/folder/libpq.so' }]);

  await expect(ensurePostgresLinks(folder.path)).rejects.toMatchObject({
    code: 'PART_MISSING',
    publicMessage: expect.stringContaining('Make that folder writable'),
  });
});
