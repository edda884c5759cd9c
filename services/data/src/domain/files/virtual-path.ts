import { Refusal } from '../refusal.ts';

/** Longest path in bytes (06 S-50). */
const pathBytesMax = 4_096;

/** A place below a root, as callers write it: `docs/guides/start.md`. */
export interface VirtualPath {
  readonly root: string;
  /** Names below the root, without `.`, `..` and empty ones. An empty list is the root itself. */
  readonly segments: readonly string[];
}

/**
 * Reads `<root>/<relative>`. `.` and `..` are resolved as text; one that would leave the root is refused, whatever the
 * file system would make of it. Nothing is percent-decoded.
 *
 * @throws Refusal `FILE_NOT_FOUND` for every path that cannot be below a known root: the same answer as for a file that
 *   does not exist, so that it tells nothing of what lies outside (06 S-53).
 */
export function parseVirtualPath(text: string, knownRoots: ReadonlySet<string>): VirtualPath {
  const [root = '', ...names] = text.split('/');
  if (Buffer.byteLength(text) > pathBytesMax || hasControlCharacter(text) || !knownRoots.has(root))
    throw fileNotFound(text);
  const segments: string[] = [];
  for (const name of names) {
    if (name === '' || name === '.') continue;
    if (name !== '..') segments.push(name);
    else if (segments.pop() === undefined) throw fileNotFound(text);
  }
  return { root, segments };
}

/** Writes a path back as callers know it. */
export function formatVirtualPath(path: VirtualPath): string {
  return [path.root, ...path.segments].join('/');
}

/** The one answer for missing, outside, and not allowed: it repeats what the caller wrote, and nothing else (06 S-53). */
export function fileNotFound(path: string): Refusal {
  return new Refusal(
    'FILE_NOT_FOUND',
    `No file ${JSON.stringify(path)}. Paths are <root>/<path below it>; find_files lists them.`,
  );
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text) || !text.isWellFormed();
}
