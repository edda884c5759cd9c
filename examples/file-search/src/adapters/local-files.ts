import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '@fairlead/server-kit/runtime';
import type { Files, FoundFile } from '../deps.ts';
import { findFiles } from './find-files.ts';
import { searchContent } from './search-content.ts';

/**
 * The files of this host below a root, whose links are resolved once.
 *
 * @throws ConfigError when the root is no folder.
 */
export async function createLocalFiles(root: string): Promise<Files> {
  const realRoot = await realpath(root).catch(() => root);
  const isFolder = await stat(realRoot).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new ConfigError([`FILES_ROOT=${root} is no folder. Example: FILES_ROOT=./docs`]);
  return {
    find: (pattern, signal) => findFiles(realRoot, pattern, signal),
    search: (query, signal) => searchContent(realRoot, query, signal),
    async describe(paths) {
      const found = await Promise.all(paths.map((name) => describeFile(realRoot, name)));
      return found.filter((file) => file !== undefined);
    },
  };
}

async function describeFile(realRoot: string, name: string): Promise<FoundFile | undefined> {
  const found = await lstat(path.join(realRoot, name)).catch(() => undefined);
  if (found === undefined || !found.isFile()) return undefined;
  return { path: name, size: found.size, modified: found.mtime.toISOString() };
}
