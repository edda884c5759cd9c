import { compileSegment, type SegmentPattern } from './segment-pattern.ts';

/** Tells whether a whole path, given as its names, matches. */
export type PathPattern = (segments: readonly string[]) => boolean;

type Part = SegmentPattern | 'any-folders';

/**
 * Compiles a pattern over `/`-separated names. `**` as a whole name is any number of names, none included; at the end
 * it is at least one, so that `docs/**` is what lies below docs and not docs itself. Matching takes at most
 * (names of the path) x (names of the pattern) steps.
 *
 * @throws PatternFault when a name of the pattern cannot be read.
 */
export function compilePath(pattern: string, options: { readonly ignoreCase: boolean }): PathPattern {
  const names = pattern.split('/').filter((name) => name !== '');
  const parts: Part[] = names.map((name) => (name === '**' ? 'any-folders' : compileSegment(name, options)));
  const whole = parts.at(-1) === 'any-folders' ? [...parts, () => true] : parts;
  return (segments) => matchesParts(whole, segments);
}

/** The states are numbers of parts done; all that can be reached are carried along, so nothing is tried twice. */
function matchesParts(parts: readonly Part[], segments: readonly string[]): boolean {
  let reached = afterAnyFolders(parts, new Set([0]));
  for (const segment of segments) {
    const next = new Set<number>();
    for (const done of reached) {
      const part = parts[done];
      if (part === 'any-folders') next.add(done);
      else if (part?.(segment) === true) next.add(done + 1);
    }
    reached = afterAnyFolders(parts, next);
    if (reached.size === 0) return false;
  }
  return reached.has(parts.length);
}

/** `**` may stand for no name at all: whoever stands before it also stands after it. */
function afterAnyFolders(parts: readonly Part[], reached: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(reached);
  // A Set that grows while it is gone through also gives the new items: two `**` in a row are skipped both.
  for (const done of all) if (parts[done] === 'any-folders') all.add(done + 1);
  return all;
}
