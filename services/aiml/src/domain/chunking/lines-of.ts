/** One line of a text, without its newline. */
export interface Line {
  readonly start: number;
  readonly end: number;
  /** The first 256 characters: enough to tell what a line is, however long it is. */
  readonly head: string;
  /** Whether `head` is the whole line. */
  readonly isWhole: boolean;
  readonly isBlank: boolean;
}

const headChars = 256;

/** Walks the lines of a text. Holds one line at a time: ten million empty lines need no memory. */
export function* linesOf(text: string): Generator<Line> {
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const head = text.slice(start, Math.min(end, start + headChars));
    const isWhole = end - start <= headChars;
    yield {
      start,
      end,
      head,
      isWhole,
      isBlank: head.trim() === '' && (isWhole || text.slice(start, end).trim() === ''),
    };
    start = end + 1;
  }
}
