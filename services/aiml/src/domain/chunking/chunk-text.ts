import type { Block } from './block.ts';
import { chunkSizes } from './chunk-sizes.ts';
import { cutBlock, type Span } from './cut-block.ts';
import { scanLines } from './scan-lines.ts';
import { scanMarkdown } from './scan-markdown.ts';
import { scanParagraphs } from './scan-paragraphs.ts';
import { scanRows } from './scan-rows.ts';

/** How a text is cut. */
export type ChunkSyntax = 'markdown' | 'plain' | 'lines' | 'rows';

/** A span of a document: `text.slice(start, end)` is its text, lines count from 1 (07 A-10). */
export interface Chunk extends Span {
  readonly ordinal: number;
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly headingPath: readonly string[];
}

/** Blocks under one heading. */
interface Section {
  readonly headingPath: readonly string[];
  readonly blocks: readonly Block[];
}

/**
 * Cuts a normalised text into chunks: the same text always gives the same chunks, every non-blank character is in one,
 * none is over 2,000 characters, and none crosses a heading.
 */
export function chunkText(text: string, syntax: ChunkSyntax): readonly Chunk[] {
  const spans: { span: Span; headingPath: readonly string[] }[] = [];
  const header = syntax === 'rows' ? firstRow(text) : undefined;
  for (const section of sectionsOf(scanners[syntax](text))) {
    for (const span of packSection(text, section.blocks)) spans.push({ span, headingPath: section.headingPath });
  }
  const lineAt = createLineCounter(text);
  return spans.map(({ span, headingPath }, ordinal) => {
    const lineStart = lineAt(span.start);
    const lead = ordinal > 0 && header !== undefined ? header : span.lead;
    return {
      ...span,
      ...(lead === undefined ? {} : { lead }),
      ordinal,
      lineStart,
      lineEnd: lineStart + newlinesIn(text, span),
      headingPath,
    };
  });
}

const scanners: Readonly<Record<ChunkSyntax, (text: string) => Generator<Block>>> = {
  markdown: scanMarkdown,
  plain: scanParagraphs,
  lines: scanLines,
  rows: scanRows,
};

/** Groups blocks by heading. A heading without text of its own goes with the section after it. */
function* sectionsOf(blocks: Iterable<Block>): Generator<Section> {
  let path: { level: number; title: string }[] = [];
  let pending: Block[] = [];
  for (const block of blocks) {
    if (block.heading) {
      const { level, title } = block.heading;
      if (pending.some((earlier) => earlier.kind !== 'heading')) {
        yield { headingPath: titlesOf(path), blocks: pending };
        pending = [];
      }
      path = [...path.filter((outer) => outer.level < level), { level, title }];
    }
    pending.push(block);
  }
  if (pending.length > 0) yield { headingPath: titlesOf(path), blocks: pending };
}

function titlesOf(path: readonly { readonly title: string }[]): readonly string[] {
  return path.map(({ title }) => title).filter((title) => title !== '');
}

/** Joins neighbours up to the target, and goes on to the maximum only where a chunk would stay under the minimum. */
function packSection(text: string, blocks: readonly Block[]): readonly Span[] {
  const packed: Span[] = [];
  for (const piece of blocks.flatMap((block) => cutBlock(text, block))) {
    const last = packed.at(-1);
    if (last && canJoin(last, piece)) packed[packed.length - 1] = { ...last, end: piece.end };
    else packed.push(piece);
  }
  return joinTail(packed);
}

function canJoin(last: Span, piece: Span): boolean {
  const joined = piece.end - last.start;
  if (joined <= chunkSizes.target) return true;
  return last.end - last.start < chunkSizes.min && joined <= chunkSizes.max;
}

function joinTail(spans: readonly Span[]): readonly Span[] {
  const last = spans.at(-1);
  const before = spans.at(-2);
  if (!last || !before || last.end - last.start >= chunkSizes.min || last.end - before.start > chunkSizes.max)
    return spans;
  return [...spans.slice(0, -2), { ...before, end: last.end }];
}

function firstRow(text: string): string | undefined {
  const first = scanRows(text).next();
  return first.done ? undefined : text.slice(first.value.start, first.value.end).slice(0, 500).toWellFormed();
}

/** Counts lines forward only: chunks begin in rising order, so that the whole text is walked once. */
function createLineCounter(text: string): (offset: number) => number {
  let line = 1;
  let newline = text.indexOf('\n');
  return (offset) => {
    while (newline !== -1 && newline < offset) {
      line += 1;
      newline = text.indexOf('\n', newline + 1);
    }
    return line;
  };
}

function newlinesIn(text: string, { start, end }: Span): number {
  return text.slice(start, end).split('\n').length - 1;
}
