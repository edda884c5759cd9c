import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifest = z.looseObject({ version: z.string().min(1) });

/**
 * Reads the version of a package from the `package.json` in its folder.
 *
 * @param folder URL of the folder, with a slash at its end: `new URL('../', import.meta.url)`.
 * @throws Error when there is no manifest or it has no version.
 */
export function readPackageVersion(folder: URL): string {
  const text = readFileSync(new URL('package.json', folder), 'utf8');
  return manifest.parse(JSON.parse(text)).version;
}
