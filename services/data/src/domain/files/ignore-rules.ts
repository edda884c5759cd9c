import { compilePath, type PathPattern } from './path-pattern.ts';
import { PatternFault } from './segment-pattern.ts';

interface Line {
  readonly isNegated: boolean;
  readonly foldersOnly: boolean;
  readonly matches: PathPattern;
}

/** What one `.gitignore` says of a path below its folder; `undefined` when it says nothing. */
export type IgnoreFile = (segments: readonly string[], isFolder: boolean) => boolean | undefined;

/**
 * Reads the text of a `.gitignore`: the last line that matches decides. Lines that git would not understand are left
 * out, as git does. Patterns are matched without regular expressions, since the file's text is not ours.
 */
export function parseIgnoreFile(text: string): IgnoreFile {
  const lines = text
    .split(/\r?\n/)
    .map(parseLine)
    .filter((line) => line !== undefined)
    .toReversed();
  return (segments, isFolder) => {
    const deciding = lines.find((line) => (isFolder || !line.foldersOnly) && line.matches(segments));
    return deciding === undefined ? undefined : !deciding.isNegated;
  };
}

function parseLine(text: string): Line | undefined {
  const line = withoutTrailingSpaces(text);
  if (line === '' || line.startsWith('#')) return undefined;
  const isNegated = line.startsWith('!');
  const pattern = isNegated ? line.slice(1) : line;
  const foldersOnly = pattern.endsWith('/');
  const body = foldersOnly ? pattern.slice(0, -1) : pattern;
  if (body === '' || body === '/') return undefined;
  // A slash anywhere but at the end ties the pattern to the folder of the file; without one it matches at any depth.
  const matches = compile(body.includes('/') ? body : `**/${body}`);
  return matches === undefined ? undefined : { isNegated, foldersOnly, matches };
}

/** Trailing spaces do not count, unless a backslash stands before them. */
function withoutTrailingSpaces(line: string): string {
  const trimmed = line.replace(/ +$/, '');
  return trimmed.endsWith('\\') && trimmed !== line ? `${trimmed} ` : trimmed;
}

function compile(pattern: string): PathPattern | undefined {
  try {
    return compilePath(pattern, { ignoreCase: false });
  } catch (error) {
    if (error instanceof PatternFault) return undefined;
    throw error;
  }
}
