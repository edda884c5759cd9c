import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { compareNames } from '../../domain/files/compare-paths.ts';
import { openExactly } from './open-inside.ts';

/**
 * The entries of a folder in the order of their names; none when it is no folder at exactly this path any more. On Linux
 * the opened folder itself is read, so that a link that takes its place in between shows nothing.
 */
export async function listFolder(realPath: string): Promise<readonly Dirent[]> {
  await using opened = await openExactly(realPath);
  if (opened === undefined || !(await opened.handle.stat()).isDirectory()) return [];
  const place = process.platform === 'linux' ? `/proc/self/fd/${opened.handle.fd}` : realPath;
  const entries = await readdir(place, { withFileTypes: true });
  return entries.toSorted((left, right) => compareNames(left.name, right.name));
}
