import { constants } from 'node:fs';
import { open, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import type { DocumentSource, SourceResult } from '../deps.ts';
import { fileLocation, isRefusedPath } from '../domain/indexing/file-location.ts';

/** Which folders may be read, and how much. */
export interface FileSourceOptions {
  /** Folders by root name, from config only (06 S-50). */
  readonly roots: ReadonlyMap<string, string>;
  readonly bytesMax: number;
}

/**
 * Loads `file:///<root>/<path>` from the configured folders. Anything outside them, missing, linked away, or not a
 * regular file is `missing`: one answer for all, so that nobody learns what else is there (06 S-50 to S-53).
 */
export function createFileSource({ roots, bytesMax }: FileSourceOptions): DocumentSource {
  return {
    async load(uri) {
      const location = fileLocation(uri);
      const root = location && roots.get(location.root);
      if (!location || root === undefined) return { kind: 'missing' };
      try {
        return await loadBelow(root, location.path, bytesMax);
      } catch (error) {
        if (isAbsence(error)) return { kind: 'missing' };
        throw error;
      }
    },
  };
}

async function loadBelow(root: string, path: string, bytesMax: number): Promise<SourceResult> {
  const realRoot = await realpath(resolve(root));
  const real = await realpath(resolve(realRoot, path));
  if (!isBelow(realRoot, real)) return { kind: 'missing' };
  // Not blocking, because a FIFO in the folder would otherwise wait for a writer for ever.
  await using file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const facts = await file.stat();
  if (!facts.isFile() || facts.nlink !== 1) return { kind: 'missing' };
  // The path may have been swapped between the check and the open: ask what was opened.
  if (!(await isSameFile(file, real))) return { kind: 'missing' };
  if (facts.size > bytesMax) return { kind: 'too-large', bytesMax };
  const bytes = await readAtMost(file, bytesMax);
  return bytes ? { kind: 'loaded', bytes, name: basename(real) } : { kind: 'too-large', bytesMax };
}

function isBelow(root: string, path: string): boolean {
  const prefix = root.endsWith(sep) ? root : `${root}${sep}`;
  if (!path.startsWith(prefix) || /^\/(?:proc|sys|dev)(?:\/|$)/.test(path)) return false;
  return !isRefusedPath(path.slice(prefix.length).replaceAll(sep, '/'));
}

async function isSameFile(file: FileHandle, path: string): Promise<boolean> {
  if (process.platform === 'linux') return (await readlink(`/proc/self/fd/${file.fd}`)) === path;
  const [opened, named] = await Promise.all([file.stat(), stat(path)]);
  return opened.dev === named.dev && opened.ino === named.ino && (await realpath(path)) === path;
}

/** Reads a whole file; undefined when it has grown over the limit since it was looked at. */
async function readAtMost(file: FileHandle, bytesMax: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1_048_576, end: bytesMax })) {
    const bytes = Buffer.from(chunk);
    size += bytes.byteLength;
    chunks.push(bytes);
  }
  return size > bytesMax ? undefined : Buffer.concat(chunks);
}

const absenceCodes = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'EPERM', 'ENAMETOOLONG', 'ENXIO', 'EISDIR']);

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && absenceCodes.has(error.code);
}
