import type { ParagraphEnds } from './paragraph-ends.ts';

/** What a run of backticks opens: nothing, code up to `end`, or what may be code anywhere before `end`. */
export type CodeSpan = { readonly kind: 'none' } | { readonly kind: 'code' | 'unsure'; readonly end: number };

/** Reads the backtick run at an index. Indexes must rise from call to call. */
export type CodeSpanFinder = (start: number) => CodeSpan;

const run = /`+/g;

/**
 * Makes a finder of code between backticks for one text. Code that reaches over a line end or a `|` is `unsure`: a
 * heading, a list or a table cell may end before it does, and the backticks then pair differently. Works in time linear
 * in the text over all calls.
 */
export function createCodeSpanFinder(text: string, endOfParagraph: ParagraphEnds): CodeSpanFinder {
  const closers = closersByLength(text);
  return function findCodeSpan(start) {
    const length = runLength(text, start);
    const closer = nextCloser(closers.get(length), start);
    if (closer === undefined || closer > endOfParagraph(start)) return { kind: 'none' };
    const isOneLine = !/[\n|]/.test(text.slice(start, closer));
    return isOneLine ? { kind: 'code', end: closer + length } : { kind: 'unsure', end: endOfParagraph(start) };
  };
}

interface Closers {
  readonly starts: number[];
  next: number;
}

function closersByLength(text: string): ReadonlyMap<number, Closers> {
  const closers = new Map<number, Closers>();
  for (const match of text.matchAll(run)) {
    const known = closers.get(match[0].length);
    if (known === undefined) closers.set(match[0].length, { starts: [match.index], next: 0 });
    else known.starts.push(match.index);
  }
  return closers;
}

function nextCloser(closers: Closers | undefined, start: number): number | undefined {
  if (closers === undefined) return undefined;
  while ((closers.starts[closers.next] ?? Infinity) <= start) closers.next += 1;
  return closers.starts[closers.next];
}

function runLength(text: string, start: number): number {
  let end = start;
  while (text[end] === '`') end += 1;
  return end - start;
}
