import { Refusal } from '../refusal.ts';
import { expandBraces } from './expand-braces.ts';
import { compilePath, type PathPattern } from './path-pattern.ts';
import { PatternFault } from './segment-pattern.ts';

/** Longest pattern, in characters (06 S-40). */
const globCharsMax = 1_000;

const extendedGlob = /[?*+@!]\(/;

/**
 * Compiles a caller's glob: `*`, `?`, `[a-z]`, `**` and `{a,b}`. A glob without `/` matches a name at any depth.
 *
 * @throws Refusal `FILE_PATTERN_INVALID` with the position of what cannot be read.
 */
export function compileGlob(glob: string): PathPattern {
  checkCharacters(glob);
  const patterns = expandBraces(glob).map((text) => compileOne(text.includes('/') ? text : `**/${text}`));
  return (segments) => patterns.some((matches) => matches(segments));
}

function checkCharacters(glob: string): void {
  if (glob.length > globCharsMax) throw invalid(`is longer than ${globCharsMax} characters`, globCharsMax + 1);
  const control = glob.search(/\p{Cc}/u);
  if (control >= 0) throw invalid('holds a control character', control + 1);
  if (!glob.isWellFormed()) throw invalid('is not well-formed Unicode', 1);
  if (glob.startsWith('/')) throw invalid('begins with /: patterns are relative to a root', 1);
  if (glob.split('/').includes('..')) throw invalid('holds .., which never leaves a root', glob.indexOf('..') + 1);
  const extended = glob.search(extendedGlob);
  if (extended >= 0) throw invalid('holds an extended glob such as @(a|b); write {a,b}', extended + 1);
}

function compileOne(pattern: string): PathPattern {
  try {
    return compilePath(pattern, { ignoreCase: false });
  } catch (error) {
    if (error instanceof PatternFault) throw invalid(error.message, error.position);
    throw error;
  }
}

function invalid(reason: string, position: number): Refusal {
  return new Refusal('FILE_PATTERN_INVALID', `The pattern ${reason} (character ${position}).`, { position });
}
