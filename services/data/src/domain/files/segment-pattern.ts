/** One step of a pattern for a single name: a character, any character, any run, or a set. */
type Step =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'run' }
  | { readonly kind: 'set'; readonly isNegated: boolean; readonly ranges: readonly (readonly [string, string])[] };

/** Tells whether one name of a path matches. */
export type SegmentPattern = (name: string) => boolean;

/** A pattern that cannot be read. `position` counts characters from 1. */
export class PatternFault extends Error {
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.name = 'PatternFault';
    this.position = position;
  }
}

/**
 * Compiles the pattern of one name: `*` is any run, `?` any character, `[a-z]` and `[!a-z]` sets, `\` takes the next
 * character as it is. Matching takes at most (length of the name) x (length of the pattern) steps: it is no regular
 * expression, which `*a*a*a*a*b` could keep busy for hours (06 S-40, CVE-2026-0621).
 *
 * @throws PatternFault when a set has no end.
 */
export function compileSegment(pattern: string, { ignoreCase }: { readonly ignoreCase: boolean }): SegmentPattern {
  const fold = ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
  const steps = readSteps(Array.from(fold(pattern)));
  if (steps.every((step) => step.kind === 'character')) {
    const literal = steps.map((step) => step.character).join('');
    return (name) => fold(name) === literal;
  }
  return (name) => matchesSteps(steps, Array.from(fold(name)));
}

function readSteps(characters: readonly string[]): readonly Step[] {
  const steps: Step[] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    if (character === '*') {
      if (steps.at(-1)?.kind !== 'run') steps.push({ kind: 'run' });
    } else if (character === '?') steps.push({ kind: 'any' });
    else if (character === '\\' && index + 1 < characters.length) {
      index += 1;
      steps.push({ kind: 'character', character: characters[index] ?? '' });
    } else if (character === '[') {
      const end = setEnd(characters, index);
      steps.push(readSet(characters.slice(index + 1, end)));
      index = end;
    } else steps.push({ kind: 'character', character });
  }
  return steps;
}

/** A `]` right after the opening, or after its `!` or `^`, belongs to the set. */
function setEnd(characters: readonly string[], start: number): number {
  const first = characters[start + 1] === '!' || characters[start + 1] === '^' ? start + 2 : start + 1;
  const end = characters.indexOf(']', first + 1);
  if (end === -1) throw new PatternFault('a set that begins with [ has no ]', start + 1);
  return end;
}

function readSet(characters: readonly string[]): Step {
  const isNegated = characters[0] === '!' || characters[0] === '^';
  const members = isNegated ? characters.slice(1) : characters;
  const ranges: [string, string][] = [];
  for (let index = 0; index < members.length; index += 1) {
    const from = members[index] ?? '';
    const isRange = members[index + 1] === '-' && index + 2 < members.length;
    const to = isRange ? (members[index + 2] ?? '') : from;
    if (isRange) index += 2;
    ranges.push([from, to]);
  }
  return { kind: 'set', isNegated, ranges };
}

/** Greedy match with one way back: to the last run. A later run makes an earlier one's other choices needless. */
function matchesSteps(steps: readonly Step[], characters: readonly string[]): boolean {
  let at = 0;
  let step = 0;
  let runStep = -1;
  let runEnd = 0;
  while (at < characters.length) {
    const current = steps[step];
    if (current?.kind === 'run') {
      runStep = step;
      runEnd = at;
      step += 1;
    } else if (current !== undefined && matchesOne(current, characters[at] ?? '')) {
      at += 1;
      step += 1;
    } else if (runStep >= 0) {
      runEnd += 1;
      at = runEnd;
      step = runStep + 1;
    } else return false;
  }
  return steps.slice(step).every((rest) => rest.kind === 'run');
}

function matchesOne(step: Exclude<Step, { kind: 'run' }>, character: string): boolean {
  if (step.kind === 'any') return true;
  if (step.kind === 'character') return step.character === character;
  return step.ranges.some(([from, to]) => from <= character && character <= to) !== step.isNegated;
}
