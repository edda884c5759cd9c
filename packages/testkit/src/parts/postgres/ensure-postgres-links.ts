import { execFile } from 'node:child_process';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Unavailable } from '@fairlead/server-kit/runtime';
import { z } from 'zod';

const linkList = z.array(z.looseObject({ source: z.string(), target: z.string() })).min(1);

/**
 * Makes the links between the libraries of a Postgres package, unless they are there.
 *
 * The package lists them in `native/pg-symlinks.json` and makes them in an install script, which package managers block:
 * so that script is run here. It resolves from the working directory and swallows its errors, hence the look afterwards.
 *
 * @throws Unavailable `PART_MISSING` when the links cannot be made.
 */
export async function ensurePostgresLinks(packageFolder: string): Promise<void> {
  if (await hasLinks(packageFolder)) return;
  await promisify(execFile)(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: packageFolder });
  if (await hasLinks(packageFolder)) return;
  throw new Unavailable('PART_MISSING', {
    publicMessage: `The library links of Postgres cannot be made in ${packageFolder}. Make that folder writable, or install again as its owner.`,
    retryable: false,
  });
}

async function hasLinks(packageFolder: string): Promise<boolean> {
  const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8');
  const links = linkList.parse(JSON.parse(list));
  const found = await Promise.all(links.map(({ target }) => lstat(join(packageFolder, target)).catch(() => undefined)));
  return found.every((entry) => entry?.isSymbolicLink() ?? false);
}
