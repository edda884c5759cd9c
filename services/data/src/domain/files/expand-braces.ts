import { Refusal } from '../refusal.ts';

/** Most patterns that one pattern may stand for (06 S-40). */
const alternativesMax = 32;

interface BraceGroup {
  readonly start: number;
  readonly end: number;
  readonly alternatives: readonly string[];
}

/**
 * Writes out `{a,b}` groups, nested ones too: `*.{md,txt}` gives `*.md` and `*.txt`. A brace without a comma in it, or
 * after a backslash, is text. The number of patterns is bounded while they are made, not after.
 *
 * @throws Refusal `FILE_PATTERN_INVALID` above 32 alternatives.
 */
export function expandBraces(pattern: string): readonly string[] {
  const done: string[] = [];
  const open = [pattern];
  for (let text = open.shift(); text !== undefined; text = open.shift()) {
    const group = firstGroup(text);
    if (group === undefined) done.push(text);
    else open.unshift(...writeOut(text, group));
    if (done.length + open.length > alternativesMax) {
      throw new Refusal(
        'FILE_PATTERN_INVALID',
        `The pattern stands for more than ${alternativesMax} patterns. Use fewer braces.`,
      );
    }
  }
  return done;
}

function writeOut(text: string, group: BraceGroup): readonly string[] {
  return group.alternatives.map((alternative) => text.slice(0, group.start) + alternative + text.slice(group.end));
}

/** The first outermost group that has a comma of its own. */
function firstGroup(text: string): BraceGroup | undefined {
  for (let start = 0; start < text.length; start += 1) {
    if (text[start] === '\\') start += 1;
    else if (text[start] === '{') {
      const group = groupAt(text, start);
      if (group !== undefined) return group;
    }
  }
  return undefined;
}

function groupAt(text: string, start: number): BraceGroup | undefined {
  const alternatives: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\\') index += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (character === ',' && depth === 1) {
      alternatives.push(text.slice(from, index));
      from = index + 1;
    }
    if (character === '}' && depth === 0) {
      if (alternatives.length === 0) return undefined;
      return { start, end: index + 1, alternatives: [...alternatives, text.slice(from, index)] };
    }
  }
  return undefined;
}
