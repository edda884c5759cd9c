import { findSpan } from './find-span.ts';

/** A value to put in the place of another. */
export interface Replacement {
  /** Names of the members that lead to it. */
  readonly path: readonly string[];
  /** The new value as JSON. */
  readonly json: string;
}

/**
 * Puts values in the place of others and leaves every other character as it was: numbers, unknown members and `_meta`
 * stay true to the byte. A path that leads nowhere is left out.
 *
 * @throws DoubledKeyError when a name on a path is there twice.
 */
export function replaceValues(text: string, replacements: readonly Replacement[]): string {
  const edits = replacements
    .flatMap(({ path, json }) => {
      const span = findSpan(text, path);
      return span === undefined ? [] : [{ ...span, json }];
    })
    .toSorted((one, other) => other.start - one.start);
  return edits.reduce((edited, { start, end, json }) => edited.slice(0, start) + json + edited.slice(end), text);
}
