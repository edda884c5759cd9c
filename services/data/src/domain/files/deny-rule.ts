import { isInside } from './is-inside.ts';
import { compileSegment, type SegmentPattern } from './segment-pattern.ts';

/** Names that are never read, anywhere (06 S-51). */
const deniedNames: readonly string[] = ['.ssh', '.env*', '*.pem', '*.key', 'id_*', '.fairlead'];

/** Places of the system that are no files of anyone (06 S-51). */
const deniedFolders: readonly string[] = ['/proc', '/sys', '/dev'];

const homeFolder = /^(?:\/home\/[^/]+|\/Users\/[^/]+|\/root)(?=\/|$)/;

/** Tells whether a path is never read. */
export interface DenyRule {
  /** By the names below a root, as the caller or the folder listing has them. */
  deniesNames(segments: readonly string[]): boolean;
  /** By the real path of the file, and the real path of the root that it was reached through. */
  deniesRealPath(realPath: string, realRoot: string): boolean;
}

/**
 * Makes the rule of files that hold secrets: names compare without case. `extraNames` are the operator's own patterns.
 * Homes of other users are refused unless the operator has set a root inside that very home.
 *
 * @throws PatternFault when a pattern cannot be read.
 */
export function createDenyRule(extraNames: readonly string[], ownHome: string): DenyRule {
  const patterns = [...deniedNames, ...extraNames].map((name) => compileSegment(name, { ignoreCase: true }));
  return {
    deniesNames: (segments) => deniesNames(patterns, segments),
    deniesRealPath(realPath, realRoot) {
      if (deniedFolders.some((folder) => isInside(folder, realPath))) return true;
      const home = homeFolder.exec(realPath)?.[0];
      if (home === undefined || home === ownHome) return false;
      return !isInside(home, realRoot);
    },
  };
}

function deniesNames(patterns: readonly SegmentPattern[], segments: readonly string[]): boolean {
  return segments.some((name, index) => isGitConfig(segments, index) || patterns.some((matches) => matches(name)));
}

/** Remote URLs in `.git/config` can hold passwords. */
function isGitConfig(segments: readonly string[], index: number): boolean {
  return segments[index]?.toLowerCase() === '.git' && segments[index + 1]?.toLowerCase() === 'config';
}
