import type { ChunkSyntax } from '../chunking/chunk-text.ts';
import { formatJson } from './format-json.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { normaliseText } from './normalise-text.ts';
import { looksLikeHtml, mediaTypes, typeOfMedia, typeOfName, type TextType } from './text-type.ts';

/** A text in the form in which it is cut, indexed and shown. */
export interface ReadableText {
  readonly kind: 'text';
  readonly text: string;
  readonly mime: string;
  readonly syntax: ChunkSyntax;
  /** The title that the document gives itself: a page's title or the first heading. */
  readonly title: string | undefined;
}

export type ReadableTextResult = ReadableText | { readonly kind: 'unsupported'; readonly looksLike: string };

const syntaxes: Readonly<Record<TextType, ChunkSyntax>> = {
  markdown: 'markdown',
  plain: 'plain',
  html: 'markdown',
  json: 'lines',
  csv: 'rows',
};

/**
 * Brings a decoded document into the form in which it is indexed: decides what it is (content, then `mime`, then
 * `name`; text without either is Markdown), converts it, and normalises it.
 */
export function readableText(
  text: string,
  { mime, name }: { readonly mime?: string | undefined; readonly name?: string | undefined },
): ReadableTextResult {
  const type = decideType(text, mime, name);
  if (!type) return { kind: 'unsupported', looksLike: `a document of type ${mime ?? 'unknown'}` };
  const normalised = normaliseText(text);
  if (type === 'html') {
    const page = htmlToMarkdown(normalised);
    const markdown = normaliseText(page.text);
    return {
      kind: 'text',
      text: markdown,
      mime: mediaTypes.html,
      syntax: syntaxes.html,
      title: page.title ?? firstHeading(markdown),
    };
  }
  const laidOut = type === 'json' ? formatJson(normalised) : normalised;
  if (laidOut === undefined) return { kind: 'unsupported', looksLike: 'text that is not valid JSON' };
  return {
    kind: 'text',
    text: laidOut,
    mime: mediaTypes[type],
    syntax: syntaxes[type],
    title: type === 'markdown' ? firstHeading(laidOut) : undefined,
  };
}

function decideType(text: string, mime: string | undefined, name: string | undefined): TextType | undefined {
  const declared = mime === undefined ? undefined : typeOfMedia(mime);
  if (mime !== undefined && declared === undefined) return undefined;
  if (declared !== undefined && declared !== 'plain') return declared;
  if (looksLikeHtml(text)) return 'html';
  if (declared) return declared;
  return name === undefined ? 'markdown' : typeOfName(name);
}

function firstHeading(markdown: string): string | undefined {
  const match = /^ {0,3}#{1,6}[ \t]+(\S[^\n]{0,199})/m.exec(markdown.slice(0, 8_192));
  return match?.[1]?.replace(/\s+#+\s*$/, '').trim();
}
