import type { Block } from './block.ts';
import { chunkSizes } from './chunk-sizes.ts';

/** A part of the text that becomes a chunk, or a part of one. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** A line that is read and indexed before the span: the first line of a table or code block that had to be cut. */
  readonly lead?: string;
}

const leadChars = 200;

/**
 * Cuts a block that is over the most that a chunk holds; leaves any other whole. Prose is cut at sentences, else at
 * words, with an overlap; lines are cut at line ends and carry their first line along (07 A-09).
 */
export function cutBlock(text: string, block: Block): readonly Span[] {
  if (block.end - block.start <= chunkSizes.max) return [{ start: block.start, end: block.end }];
  return block.kind === 'lines' ? cutLines(text, block) : cutProse(text, block);
}

function cutLines(text: string, block: Span): Span[] {
  const spans: Span[] = [];
  const firstLine = text
    .slice(block.start, lineEnd(text, block.start, block.end))
    .slice(0, leadChars)
    .toWellFormed();
  let start = block.start;
  while (start < block.end) {
    const end = lastLineEnd(text, start, block.end);
    const isOneLongLine = end - start > chunkSizes.max;
    const pieces = isOneLongLine ? cutProse(text, { start, end }) : [{ start, end }];
    for (const piece of pieces) spans.push(spans.length === 0 ? piece : { ...piece, lead: firstLine });
    start = end + 1;
  }
  return spans.filter((span) => text.slice(span.start, span.end).trim() !== '');
}

/** The last line end that keeps the piece within the target, or the end of the first line when that is longer. */
function lastLineEnd(text: string, start: number, blockEnd: number): number {
  let end = lineEnd(text, start, blockEnd);
  while (end < blockEnd) {
    const next = lineEnd(text, end + 1, blockEnd);
    if (next - start > chunkSizes.target) break;
    end = next;
  }
  return end;
}

function lineEnd(text: string, start: number, blockEnd: number): number {
  const newline = text.indexOf('\n', start);
  return newline === -1 ? blockEnd : Math.min(newline, blockEnd);
}

function cutProse(text: string, block: Span): Span[] {
  const spans: Span[] = [];
  let start = block.start;
  while (block.end - start > chunkSizes.target) {
    const end = cutPoint(text, start, start + chunkSizes.target);
    spans.push({ start, end });
    start = overlapStart(text, start, end);
  }
  spans.push({ start, end: block.end });
  return spans.filter((span) => text.slice(span.start, span.end).trim() !== '');
}

/** The best place to end a piece: after a sentence, else after a word, else anywhere but inside a surrogate pair. */
function cutPoint(text: string, start: number, limit: number): number {
  const lowest = start + chunkSizes.target / 2;
  let afterWord = -1;
  for (let at = limit; at > lowest; at -= 1) {
    if (!isBlankAt(text, at)) continue;
    if (afterWord === -1) afterWord = at;
    if (endsSentence(text, at)) return at;
  }
  return afterWord === -1 ? outsidePair(text, limit) : afterWord;
}

/** Begins the next piece at a word up to `overlap` characters back, and always after the start of the last one. */
function overlapStart(text: string, start: number, end: number): number {
  for (let at = Math.max(start + 1, end - chunkSizes.overlap); at < end; at += 1) {
    if (isBlankAt(text, at - 1) && !isBlankAt(text, at)) return at;
  }
  return end;
}

function endsSentence(text: string, at: number): boolean {
  return text[at] === '\n' || /[.!?。！？]["')\]]?$/.test(text.slice(Math.max(0, at - 2), at));
}

function isBlankAt(text: string, at: number): boolean {
  const unit = text[at];
  return unit === ' ' || unit === '\n' || unit === '\t' || unit === '\u3000';
}

function outsidePair(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
