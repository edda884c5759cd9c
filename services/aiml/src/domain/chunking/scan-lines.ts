import type { Block } from './block.ts';
import { linesOf } from './lines-of.ts';

/** Takes every line that is not blank as a block. For laid-out data such as JSON. */
export function* scanLines(text: string): Generator<Block> {
  for (const { start, end, isBlank } of linesOf(text)) {
    if (!isBlank) yield { kind: 'lines', start, end };
  }
}
