/** Kinds of text that can be indexed (07 A-07). */
export type TextType = 'markdown' | 'plain' | 'html' | 'json' | 'csv';

/** The media type under which a document of each kind is stored and served. */
export const mediaTypes: Readonly<Record<TextType, string>> = {
  markdown: 'text/markdown',
  plain: 'text/plain',
  html: 'text/markdown',
  json: 'application/json',
  csv: 'text/csv',
};

/** What callers may write as `mime`, for the text of a refusal. */
export const supportedMediaTypes = 'text/markdown, text/plain, text/html, application/json, text/csv';

const byMediaType: Readonly<Record<string, TextType>> = {
  'text/markdown': 'markdown',
  'text/x-markdown': 'markdown',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/json': 'json',
  'text/json': 'json',
  'text/csv': 'csv',
};

const byExtension: Readonly<Record<string, TextType>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdx: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  json: 'json',
  csv: 'csv',
};

/**
 * The kind that a declared media type stands for; any other `text/...` is plain text. `undefined` means that it cannot
 * be indexed.
 */
export function typeOfMedia(mime: string): TextType | undefined {
  const essence = mime.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const known = Object.hasOwn(byMediaType, essence) ? byMediaType[essence] : undefined;
  if (known) return known;
  return essence.startsWith('text/') ? 'plain' : undefined;
}

/** The kind that a file's name stands for. A name without a known extension is plain text: its bytes were text. */
export function typeOfName(name: string): TextType {
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return (Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined) ?? 'plain';
}

/** Whether text that claims no type, or a vague one, is a web page. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*<(?:!doctype\s+html|html)\b/i.test(text.slice(0, 1_024));
}
