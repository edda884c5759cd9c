import { constants } from 'node:fs';
import { open, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import { isInside } from '../../domain/files/is-inside.ts';

/** What to open. */
export interface OpenTarget {
  /** Absolute path as it was put together. */
  readonly path: string;
  /** Real path of the root that it must lie in. */
  readonly realRoot: string;
}

/** Something that was opened and is known to lie inside its root. */
export interface OpenedInside extends AsyncDisposable {
  readonly handle: FileHandle;
  readonly realPath: string;
}

const openFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** System errors that mean: there is nothing here that we may read. */
const absenceCodes: ReadonlySet<unknown> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'ELOOP',
  'ENAMETOOLONG',
  'ENXIO',
]);

/**
 * Opens a file or folder for reading when it lies inside its root, and answers `undefined` otherwise (06 S-50). Links are
 * resolved first and the result is compared with the root; then that result is opened as it stands.
 */
export async function openInside({ path, realRoot }: OpenTarget): Promise<OpenedInside | undefined> {
  const realPath = await realpath(path).catch(undefinedIfAbsent);
  return realPath !== undefined && isInside(realRoot, realPath) ? openExactly(realPath) : undefined;
}

/**
 * Opens what lies at exactly this path, with no link on the way; `undefined` when that is nothing that may be read. The
 * opened thing is asked where it lies: a link that was put in after a check is caught here. `O_NONBLOCK` keeps a FIFO
 * from holding the open until somebody writes.
 */
export async function openExactly(realPath: string): Promise<OpenedInside | undefined> {
  const handle = await open(realPath, openFlags).catch(undefinedIfAbsent);
  if (handle === undefined) return undefined;
  if ((await placeOf(handle, realPath)) === realPath) {
    return { handle, realPath, [Symbol.asyncDispose]: () => handle.close() };
  }
  await handle.close();
  return undefined;
}

function undefinedIfAbsent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && absenceCodes.has(error.code)) return undefined;
  throw error;
}

/** Where an opened thing lies. Linux tells; elsewhere the path must still lead to the same file. */
async function placeOf(handle: FileHandle, realPath: string): Promise<string | undefined> {
  if (process.platform === 'linux') return readlink(`/proc/self/fd/${handle.fd}`);
  const [opened, named, again] = await Promise.all([handle.stat(), stat(realPath), realpath(realPath)]);
  return opened.dev === named.dev && opened.ino === named.ino ? again : undefined;
}
