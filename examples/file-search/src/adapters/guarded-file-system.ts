import { createReadStream, type Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import ignore, { type Ignore } from 'ignore';
import type { FileSystemAdapter } from 'tinyglobby';
import { isSecretName } from '../domain/secret-names.ts';

/** A `.gitignore` above this size is cut. */
const ignoreBytesMax = 65_536;

/**
 * What a search sees of the file system: regular files and folders, without links, hidden names and keys (06 S-50, S-51)
 * and without what a `.gitignore` of the root or a folder below names (06 S-54). A folder that is left out is not opened.
 */
export function createGuardedFileSystem(realRoot: string): FileSystemAdapter {
  const ignoreFiles = new Map<string, Ignore>();

  async function listFolder(folder: string): Promise<readonly Dirent[]> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(noneIfUnreadable);
    const below = path.relative(realRoot, folder);
    if (entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) {
      const stream = createReadStream(path.join(folder, '.gitignore'), { end: ignoreBytesMax - 1 });
      ignoreFiles.set(below, ignore().add(await text(stream)));
    }
    return entries.filter((entry) => {
      const isKnownKind = entry.isFile() || entry.isDirectory();
      return (
        isKnownKind &&
        !isSecretName(entry.name) &&
        !isIgnored(ignoreFiles, path.join(below, entry.name), entry.isDirectory())
      );
    });
  }

  const list = callbackify(listFolder);
  const withoutOptions = (folder: string, _options: unknown, done: Parameters<typeof list>[1]): void =>
    list(folder, done);
  // The one narrowing of this module: of the forms of `fs.readdir`, the walker calls the one with file types.
  return { readdir: withoutOptions as unknown as NonNullable<FileSystemAdapter['readdir']> };
}

/** The nearest `.gitignore` that says something decides. */
function isIgnored(ignoreFiles: ReadonlyMap<string, Ignore>, below: string, isFolder: boolean): boolean {
  for (let folder = path.dirname(below); ; folder = path.dirname(folder)) {
    const base = folder === '.' ? '' : folder;
    const verdict = ignoreFiles.get(base)?.test(`${path.relative(base, below)}${isFolder ? '/' : ''}`);
    if (verdict?.ignored === true || verdict?.unignored === true) return verdict.ignored;
    if (base === '') return false;
  }
}

/** A folder that may not be read, or is gone since it was listed, holds nothing. */
function noneIfUnreadable(error: unknown): readonly Dirent[] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'ENOENT' || code === 'ENOTDIR') return [];
  throw error;
}
