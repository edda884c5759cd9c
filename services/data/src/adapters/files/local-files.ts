import { join } from 'node:path';
import type { Files } from '../../deps.ts';
import { fileNotFound, formatVirtualPath, parseVirtualPath } from '../../domain/files/virtual-path.ts';
import { findFiles, type FileFinderOptions } from './find-files.ts';
import { openInside } from './open-inside.ts';
import { readFileLines } from './read-file-lines.ts';

/** Reads the files of this host below the given roots. */
export function createLocalFiles(options: FileFinderOptions): Files {
  const { roots, deny } = options;
  const knownRoots = new Set(roots.keys());
  return {
    find: (search, signal) => findFiles(options, search, signal),
    async readLines(text, range, signal) {
      const path = parseVirtualPath(text, knownRoots);
      const realRoot = roots.get(path.root)?.realPath ?? '';
      if (deny.deniesNames(path.segments)) throw fileNotFound(text);
      await using opened = await openInside({ path: join(realRoot, ...path.segments), realRoot });
      if (opened === undefined) throw fileNotFound(text);
      // A link may have led to a name that is never read.
      const namesBelow = opened.realPath
        .slice(realRoot.length)
        .split('/')
        .filter((name) => name !== '');
      if (deny.deniesNames(namesBelow) || deny.deniesRealPath(opened.realPath, realRoot)) throw fileNotFound(text);
      return await readFileLines({ handle: opened.handle, path: formatVirtualPath(path) }, range, signal);
    },
  };
}
