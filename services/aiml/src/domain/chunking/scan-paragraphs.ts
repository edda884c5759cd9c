import type { Block } from './block.ts';
import { linesOf } from './lines-of.ts';

/** Splits plain text into paragraphs at blank lines. Nothing in it is markup: `# note` is a line like any other. */
export function* scanParagraphs(text: string): Generator<Block> {
  let start = -1;
  let end = -1;
  for (const line of linesOf(text)) {
    if (!line.isBlank) {
      if (start === -1) start = line.start;
      end = line.end;
      continue;
    }
    if (start !== -1) yield { kind: 'prose', start, end };
    start = -1;
  }
  if (start !== -1) yield { kind: 'prose', start, end };
}
