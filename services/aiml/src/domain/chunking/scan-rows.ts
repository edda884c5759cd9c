import type { Block } from './block.ts';
import { linesOf } from './lines-of.ts';

/** Takes every row of a CSV text as a block; a newline inside quotes does not end a row (RFC 4180). */
export function* scanRows(text: string): Generator<Block> {
  let start = -1;
  let isQuoted = false;
  let end = -1;
  for (const line of linesOf(text)) {
    if (line.isBlank && !isQuoted) continue;
    if (start === -1) start = line.start;
    if (!line.isBlank) end = line.end;
    // A doubled quote inside a value flips twice, which leaves the state as it was.
    if (countQuotes(text.slice(line.start, line.end)) % 2 === 1) isQuoted = !isQuoted;
    if (isQuoted) continue;
    yield { kind: 'lines', start, end };
    start = -1;
  }
  if (start !== -1) yield { kind: 'lines', start, end };
}

/** Looks at the line only: a search for the next quote would walk the rest of the text for every line. */
function countQuotes(line: string): number {
  return line.split('"').length - 1;
}
