import type { Block } from './block.ts';
import { linesOf, type Line } from './lines-of.ts';

/** A block that may still grow by the next line. */
interface OpenBlock {
  readonly kind: 'prose' | 'table' | 'fence';
  readonly start: number;
  readonly end: number;
  readonly lines: number;
  /** What closes a fence: its own mark, or a longer one. */
  readonly mark?: string;
}

/**
 * Splits Markdown into blocks: headings, fenced code, tables, list items, paragraphs. Front matter counts as code.
 * Knows as much of the grammar as a good cut needs, and runs in one pass over the lines.
 */
export function* scanMarkdown(text: string): Generator<Block> {
  let open: OpenBlock | undefined;
  for (const line of linesOf(text)) {
    if (open?.kind === 'fence') {
      open = extend(open, line);
      if (!closesFence(line, open)) continue;
      yield close(open);
      open = undefined;
      continue;
    }
    const setext = open && setextLevel(line, open);
    if (open && setext) {
      yield {
        kind: 'heading',
        start: open.start,
        end: line.end,
        heading: { level: setext, title: titleOf(text.slice(open.start, open.end)) },
      };
      open = undefined;
      continue;
    }
    const atx = atxHeading(line);
    if (open && (atx || line.isBlank || startsBlock(line, open))) {
      yield close(open);
      open = undefined;
    }
    if (atx) yield { kind: 'heading', start: line.start, end: line.end, heading: atx };
    else if (!line.isBlank) open = open ? extend(open, line) : begin(line);
  }
  if (open) yield close(open);
}

function begin(line: Line): OpenBlock {
  const { start, end } = line;
  const mark = /^\s*(`{3,}|~{3,})/.exec(line.head)?.[1];
  if (mark) return { kind: 'fence', start, end, lines: 1, mark };
  if (start === 0 && line.head.trimEnd() === '---') return { kind: 'fence', start, end, lines: 1, mark: '---' };
  return { kind: isTableRow(line) ? 'table' : 'prose', start, end, lines: 1 };
}

function extend(open: OpenBlock, line: Line): OpenBlock {
  return { ...open, end: line.isBlank ? open.end : line.end, lines: open.lines + 1 };
}

function close(open: OpenBlock): Block {
  return { kind: open.kind === 'prose' ? 'prose' : 'lines', start: open.start, end: open.end };
}

function closesFence(line: Line, open: OpenBlock): boolean {
  const mark = line.isWhole ? line.head.trim() : '';
  return (
    open.lines > 1 &&
    open.mark !== undefined &&
    mark.startsWith(open.mark) &&
    mark.replaceAll(open.mark.slice(0, 1), '') === ''
  );
}

/** Whether a line ends the open block although no blank line stands between. */
function startsBlock(line: Line, open: OpenBlock): boolean {
  if (/^\s*(?:`{3,}|~{3,})/.test(line.head)) return true;
  if (/^\s{0,12}(?:[-*+]|\d{1,9}[.)])\s/.test(line.head)) return true;
  return isTableRow(line) !== (open.kind === 'table');
}

function isTableRow(line: Line): boolean {
  return /^\s{0,3}\|/.test(line.head);
}

function atxHeading(line: Line): Block['heading'] {
  const match = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/s.exec(line.head);
  if (!match?.[1]) return undefined;
  return { level: match[1].length, title: titleOf((match[2] ?? '').replace(/[ \t]#+[ \t]*$/, '')) };
}

/** A line of `=` or `-` under one line of text makes that line a heading. */
function setextLevel(line: Line, open: OpenBlock): 1 | 2 | undefined {
  if (open.kind !== 'prose' || open.lines !== 1 || !line.isWhole) return undefined;
  if (/^ {0,3}={2,}\s*$/.test(line.head)) return 1;
  return /^ {0,3}-{2,}\s*$/.test(line.head) ? 2 : undefined;
}

function titleOf(text: string): string {
  return text.trim().slice(0, 200).toWellFormed();
}
