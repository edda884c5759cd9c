import { createCodeSpanFinder } from './code-span-finder.ts';
import { readTag, type HtmlTag } from './html-tag.ts';
import { createParagraphEnds } from './paragraph-ends.ts';
import type { MarkupPart } from './split-code.ts';

/** One piece of markup. `end` is the index after it. */
export type MarkupToken =
  | { readonly kind: 'text' | 'code'; readonly end: number }
  | { readonly kind: 'tag'; readonly tag: HtmlTag; readonly end: number }
  | { readonly kind: 'autolink'; readonly target: string; readonly end: number }
  /** A `<` that begins a tag or comment for HTML, which has no end in this part. */
  | { readonly kind: 'loneAngle'; readonly end: number }
  /** A comment has begun; from `end` on, `closing` ends it. */
  | { readonly kind: 'comment'; readonly closing: RegExp; readonly end: number }
  /** A tag has begun and a quoted value in it has no end in this part. */
  | { readonly kind: 'openTag'; readonly quote: '"' | "'"; readonly end: number }
  /** A Markdown image, or the target of a link, begins here; who replaces it knows where it ends. */
  | { readonly kind: 'image' }
  | { readonly kind: 'target' };

/** Reads the token at an index. Indexes must rise from call to call. */
export type MarkupReader = (position: number) => MarkupToken;

const marks = /[<`]|\\[\\`<]|!\[|\][(:]/g;
const autolink = /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>/y;
const backticks = /`+/y;
const falseComment = /<(?:[!?]|\/[^A-Za-z])/y;
const commentEnd = /--!?>/g;
const dataEnd = /\]\]>/g;

/** Readings up to the same end before it is given up. Each may read all text before it, so their number bounds the work. */
const readingsMax = 32;

/** Stands for the end of tags that have none. */
const noEnd = -1;

/** What ends everything that ends with a `>`. */
export const closeBracket = />/g;

/**
 * Makes the reader of one part. HTML and Markdown differ in what a tag is; after a `<` that they read differently,
 * backticks open no code up to the end of the paragraph. All calls together take time linear in the part.
 */
export function createMarkupReader({ kind, text }: MarkupPart): MarkupReader {
  const endOfParagraph = createParagraphEnds(text);
  const findCodeSpan = kind === 'markdown' ? createCodeSpanFinder(text, endOfParagraph) : undefined;
  const lastCloseBracket = text.lastIndexOf('>');
  const readings = new Map<number, number>();
  let noTagBefore = 0;
  let noCodeBefore = 0;

  function readBackticks(position: number): MarkupToken {
    const span = position < noCodeBefore ? undefined : findCodeSpan?.(position);
    if (span?.kind === 'code') return { kind: 'code', end: span.end };
    if (span?.kind === 'unsure') noCodeBefore = span.end;
    backticks.lastIndex = position;
    backticks.test(text);
    return { kind: 'text', end: backticks.lastIndex };
  }

  function readAngle(position: number): MarkupToken {
    // From the second character on, so that `<!-->` is a whole comment, as in HTML.
    if (text.startsWith('<!--', position)) return { kind: 'comment', closing: commentEnd, end: position + 2 };
    if (text.startsWith('<![CDATA[', position)) return { kind: 'comment', closing: dataEnd, end: position + 2 };
    autolink.lastIndex = position;
    const link = autolink.exec(text);
    if (link !== null) return { kind: 'autolink', target: link[1] ?? '', end: autolink.lastIndex };
    falseComment.lastIndex = position;
    if (!falseComment.test(text)) return readTagToken(position);
    noCodeBefore = endOfParagraph(position);
    if (lastCloseBracket < position) return { kind: 'loneAngle', end: position + 1 };
    return { kind: 'comment', closing: closeBracket, end: position + 2 };
  }

  function readTagToken(position: number): MarkupToken {
    if (position < noTagBefore) return { kind: 'loneAngle', end: position + 1 };
    const tag = readTag(text, position);
    if (tag.kind === 'open') return { kind: 'openTag', quote: tag.quote, end: text.length };
    if (tag.kind !== 'none' && tag.isMarkdownTag) return { kind: 'tag', tag, end: tag.end };
    noCodeBefore = endOfParagraph(position);
    if (tag.kind === 'none') noTagBefore = tag.retryAt;
    const isNoName = tag.kind === 'none' && tag.retryAt === position + 1;
    // Past the bound, the text up to the next `>` is what HTML makes of it: the inside of a tag.
    if (!isNoName && isReadTooOften(tag.kind === 'none' ? noEnd : tag.end)) {
      return { kind: 'comment', closing: closeBracket, end: position + 1 };
    }
    if (tag.kind !== 'none') return { kind: 'tag', tag, end: tag.end };
    return { kind: isNoName ? 'text' : 'loneAngle', end: position + 1 };
  }

  function isReadTooOften(end: number): boolean {
    const count = (readings.get(end) ?? 0) + 1;
    readings.set(end, count);
    return count > readingsMax;
  }

  return function readToken(position) {
    marks.lastIndex = position;
    const mark = marks.exec(text);
    if (mark?.index !== position) return { kind: 'text', end: mark?.index ?? text.length };
    if (mark[0] === '`') return readBackticks(position);
    if (mark[0] === '<') return readAngle(position);
    if (mark[0] === '![') return { kind: 'image' };
    if (mark[0].startsWith(']')) return { kind: 'target' };
    if (mark[0] !== '\\<') return { kind: 'text', end: position + 2 };
    // Markdown shows an escaped `<`, HTML begins a tag with it.
    noCodeBefore = endOfParagraph(position);
    return { kind: 'text', end: position + 1 };
  };
}
