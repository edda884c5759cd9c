/** One fenced block of a document. */
export interface Block {
  /** First word of its info string, such as `sh`. */
  readonly language: string;
  /** The other words: `run`, `file=a.ts`, `exit=6`, `output`. */
  readonly marks: ReadonlyMap<string, string>;
  readonly text: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
}

const fence = /^```(.*)$/;

/**
 * Reads the fenced blocks of a Markdown text, in order. Fences of other lengths and indented ones are not used in this
 * repository.
 *
 * @throws Error for a block that does not end.
 */
export function readBlocks(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { readonly info: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    const info = fence.exec(text)?.[1];
    if (open === undefined && info !== undefined) open = { info, line: index + 1, lines: [] };
    else if (open !== undefined && info === '') {
      blocks.push(toBlock(open.info, open.lines.join('\n'), open.line));
      open = undefined;
    } else open?.lines.push(text);
  }
  if (open !== undefined) throw new Error(`the block in line ${open.line} does not end`);
  return blocks;
}

function toBlock(info: string, text: string, line: number): Block {
  const [language = '', ...words] = info.trim().split(/\s+/);
  const marks = words.map((word) => {
    const [name = '', ...value] = word.split('=');
    return [name, value.join('=')] as const;
  });
  return { language, marks: new Map(marks), text, line };
}
