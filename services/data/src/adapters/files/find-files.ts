import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { Timeout, type Clock } from '@fairlead/server-kit/runtime';
import type { DenyRule } from '../../domain/files/deny-rule.ts';
import type { FileSearch, FoundFile, FoundFiles } from '../../domain/files/file-search.ts';
import { compileGlob } from '../../domain/files/glob.ts';
import type { PathPattern } from '../../domain/files/path-pattern.ts';
import {
  fileNotFound,
  formatVirtualPath,
  parseVirtualPath,
  type VirtualPath,
} from '../../domain/files/virtual-path.ts';
import type { RealRoot } from './real-root.ts';
import { walkFiles } from './walk-files.ts';

/** Longest search (06 S-54). */
const searchMsMax = 5_000;

/** What a search is made over. */
export interface FileFinderOptions {
  readonly roots: ReadonlyMap<string, RealRoot>;
  readonly deny: DenyRule;
  readonly clock: Clock;
}

interface Progress {
  readonly found: VirtualPath[];
  searched: number;
  last: VirtualPath | undefined;
  stoppedBy: 'rows' | 'time' | undefined;
}

/**
 * Finds files by pattern, in the order of their paths. A pattern is matched against the path below the root and against
 * the whole `<root>/...` path, since callers see the latter.
 *
 * @throws Refusal `FILE_PATTERN_INVALID`, `FILE_NOT_FOUND` for an unknown root; Timeout `LIMIT_TIMEOUT` when five seconds
 *   did not suffice for one file; the signal's reason when it is aborted.
 */
export async function findFiles(
  options: FileFinderOptions,
  search: FileSearch,
  signal: AbortSignal,
): Promise<FoundFiles> {
  const plan = planSearch(options, search);
  const untilMs = options.clock.monotonicMs() + searchMsMax;
  const progress: Progress = { found: [], searched: 0, last: undefined, stoppedBy: undefined };
  for (const root of plan.roots) {
    if (progress.stoppedBy !== undefined) break;
    await searchRoot(root, { options, plan, progress, isOver: () => options.clock.monotonicMs() >= untilMs, signal });
  }
  const files = await Promise.all(progress.found.map((path) => describeFile(options.roots, path)));
  return {
    files: files.filter((file) => file !== undefined),
    searched: progress.searched,
    stopped: stoppedAt(progress, search),
  };
}

interface SearchPlan {
  readonly roots: readonly RealRoot[];
  readonly matches: PathPattern;
  readonly excluded: readonly PathPattern[];
  readonly after: VirtualPath | undefined;
  readonly includeHidden: boolean;
  readonly limit: number;
}

function planSearch({ roots }: FileFinderOptions, search: FileSearch): SearchPlan {
  const after = search.after === undefined ? undefined : parseVirtualPath(search.after, new Set(roots.keys()));
  if (search.root !== undefined && !roots.has(search.root)) throw fileNotFound(search.root);
  const wanted = [...roots.values()].filter(
    ({ id }) => (search.root ?? id) === id && (after === undefined || id >= after.root),
  );
  return {
    roots: wanted.toSorted((left, right) => (left.id < right.id ? -1 : 1)),
    matches: compileGlob(search.pattern),
    excluded: search.exclude.map(compileGlob),
    after,
    includeHidden: search.includeHidden,
    limit: search.limit,
  };
}

interface RootSearch {
  readonly options: FileFinderOptions;
  readonly plan: SearchPlan;
  readonly progress: Progress;
  isOver(): boolean;
  readonly signal: AbortSignal;
}

function searchRoot({ id, realPath }: RealRoot, search: RootSearch): Promise<void> {
  const { options, plan, progress, signal } = search;
  const matchesEither = (pattern: PathPattern, segments: readonly string[]): boolean =>
    pattern(segments) || pattern([id, ...segments]);
  const walk = {
    realRoot: realPath,
    includeHidden: plan.includeHidden,
    after: plan.after?.root === id ? plan.after.segments : undefined,
    leavesOut: (segments: readonly string[]) =>
      options.deny.deniesNames(segments) || plan.excluded.some((pattern) => matchesEither(pattern, segments)),
  };
  return walkFiles(walk, (segments) => {
    signal.throwIfAborted();
    const isMatch = matchesEither(plan.matches, segments);
    if (isMatch && progress.found.length === plan.limit) progress.stoppedBy = 'rows';
    else if (search.isOver()) progress.stoppedBy = 'time';
    if (progress.stoppedBy !== undefined) return false;
    progress.searched += 1;
    progress.last = { root: id, segments };
    if (isMatch) progress.found.push(progress.last);
    return true;
  });
}

function stoppedAt({ stoppedBy, last }: Progress, search: FileSearch): FoundFiles['stopped'] {
  if (stoppedBy === undefined) return undefined;
  if (last !== undefined) return { by: stoppedBy, after: formatVirtualPath(last) };
  throw new Timeout('LIMIT_TIMEOUT', {
    publicMessage: `The search for ${JSON.stringify(search.pattern)} found no file to look at within ${searchMsMax} ms.`,
    fix: 'Name a root, or a pattern with a folder in it.',
  });
}

/** A file that is gone by now, or became something else, is left out. */
async function describeFile(roots: ReadonlyMap<string, RealRoot>, path: VirtualPath): Promise<FoundFile | undefined> {
  const found = await lstat(join(roots.get(path.root)?.realPath ?? '', ...path.segments)).catch(() => undefined);
  if (found === undefined || !found.isFile()) return undefined;
  return { path: formatVirtualPath(path), size: found.size, modified: found.mtime.toISOString() };
}
