import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { comparePaths } from '../../domain/files/compare-paths.ts';
import { parseIgnoreFile, type IgnoreFile } from '../../domain/files/ignore-rules.ts';
import { listFolder } from './list-folder.ts';
import { openExactly } from './open-inside.ts';

/** Deepest folder that is looked into (06 S-54). */
const depthMax = 32;
/** A `.gitignore` above this size is cut. */
const ignoreBytesMax = 65_536;

/** Where to walk, and what to leave out. */
export interface FileWalk {
  readonly realRoot: string;
  /** Names below the root that are left out, with everything below them. */
  leavesOut(segments: readonly string[]): boolean;
  readonly includeHidden: boolean;
  /** Only paths after this one, in the order of the walk. */
  readonly after: readonly string[] | undefined;
}

interface IgnoreLevel {
  readonly depth: number;
  readonly file: IgnoreFile;
}

interface Folder {
  readonly segments: readonly string[];
  readonly entries: readonly Dirent[];
  readonly ignoreLevels: readonly IgnoreLevel[];
  next: number;
}

/**
 * Goes through the regular files below a root in the order of their paths, without following links, and shows each to
 * `visit` until that answers false. Leaves out what `.gitignore` files name, hidden names unless wanted, and `.git`.
 */
export async function walkFiles(walk: FileWalk, visit: (segments: readonly string[]) => boolean): Promise<void> {
  const open: Folder[] = [await openFolder(walk, [], [])];
  for (let folder = open.at(-1); folder !== undefined; folder = open.at(-1)) {
    const entry = folder.entries[folder.next];
    folder.next += 1;
    if (entry === undefined) open.pop();
    else {
      const segments = [...folder.segments, entry.name];
      if (isLeftOut(walk, { entry, segments, ignoreLevels: folder.ignoreLevels })) continue;
      if (entry.isDirectory()) open.push(await openFolder(walk, segments, folder.ignoreLevels));
      else if (!visit(segments)) return;
    }
  }
}

async function openFolder(walk: FileWalk, segments: readonly string[], outer: readonly IgnoreLevel[]): Promise<Folder> {
  const path = join(walk.realRoot, ...segments);
  const entries = await listFolder(path);
  const hasIgnoreFile = entries.some((entry) => entry.name === '.gitignore' && entry.isFile());
  const file = hasIgnoreFile ? await readIgnoreFile(join(path, '.gitignore')) : undefined;
  const ignoreLevels = file === undefined ? outer : [{ depth: segments.length, file }, ...outer];
  return { segments, entries, ignoreLevels, next: 0 };
}

interface Candidate {
  readonly entry: Dirent;
  readonly segments: readonly string[];
  readonly ignoreLevels: readonly IgnoreLevel[];
}

function isLeftOut(walk: FileWalk, { entry, segments, ignoreLevels }: Candidate): boolean {
  const isFolder = entry.isDirectory();
  if (!isFolder && !entry.isFile()) return true;
  if (entry.name.startsWith('.') && (!walk.includeHidden || (isFolder && entry.name === '.git'))) return true;
  if (isFolder && segments.length >= depthMax) return true;
  if (isBefore(walk.after, segments, isFolder)) return true;
  return isIgnored(ignoreLevels, segments, isFolder) || walk.leavesOut(segments);
}

/** A folder is passed over when all of it was seen: it comes before, and the last path does not lie in it. */
function isBefore(after: readonly string[] | undefined, segments: readonly string[], isFolder: boolean): boolean {
  if (after === undefined || comparePaths(segments, after) > 0) return false;
  return !isFolder || !segments.every((name, index) => name === after[index]);
}

/** The nearest `.gitignore` that says something decides. */
function isIgnored(levels: readonly IgnoreLevel[], segments: readonly string[], isFolder: boolean): boolean {
  for (const { depth, file } of levels) {
    const decision = file(segments.slice(depth), isFolder);
    if (decision !== undefined) return decision;
  }
  return false;
}

async function readIgnoreFile(path: string): Promise<IgnoreFile | undefined> {
  await using opened = await openExactly(path);
  if (opened === undefined || !(await opened.handle.stat()).isFile()) return undefined;
  const buffer = Buffer.alloc(ignoreBytesMax);
  const { bytesRead } = await opened.handle.read(buffer, 0, ignoreBytesMax, 0);
  return parseIgnoreFile(buffer.toString('utf8', 0, bytesRead));
}
