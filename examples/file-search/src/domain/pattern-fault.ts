const alternativesMax = 32;
const starsPerNameMax = 3;
const deepStarsMax = 3;

/**
 * Says why a glob is not taken; `undefined` when it is. A glob becomes a regular expression that runs in this process, so
 * what can make that slow is bounded before (06 S-40): alternatives, stars in a row of names, groups and repetitions. A
 * glob that leads out of the root finds nothing there, and is refused with a reason (06 S-50).
 */
export function patternFault(pattern: string): string | undefined {
  const names = pattern.split('/');
  if (/[\p{Cc}\\]/u.test(pattern)) return 'it holds a backslash or a control character';
  if (pattern.startsWith('/') || names.includes('..')) return 'it leads out of the folder; give a path below it';
  if (/^!|[()|]|[}\]]\+/.test(pattern)) return 'it holds !, ( ), | or a repetition; use ? in their place';
  if (expansions(pattern) > alternativesMax) return `its braces stand for more than ${alternativesMax} patterns`;
  if (names.filter((name) => name === '**').length > deepStarsMax) return `it holds more than ${deepStarsMax} times **`;
  const isCrowded = names.some((name) => name !== '**' && (name.match(/\*+/g)?.length ?? 0) > starsPerNameMax);
  return isCrowded ? `one name in it holds more than ${starsPerNameMax} stars` : undefined;
}

/** How many patterns the braces stand for, nested ones counted as if side by side; ranges (`{1..9}`) are not taken. */
function expansions(pattern: string): number {
  const braces = pattern.match(/\{[^{}]*/g) ?? [];
  if (braces.some((brace) => brace.includes('..'))) return Number.POSITIVE_INFINITY;
  return braces.reduce((product, brace) => product * brace.split(',').length, 1);
}
