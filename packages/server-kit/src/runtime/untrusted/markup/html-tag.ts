/** One attribute of a tag: its name in lower case, its value without quotes, and its text as it was. */
export interface HtmlAttribute {
  readonly name: string;
  readonly value: string;
  readonly raw: string;
}

/** A start or end tag. */
export interface HtmlTag {
  readonly kind: 'start' | 'end';
  /** In lower case. */
  readonly name: string;
  readonly attributes: readonly HtmlAttribute[];
  /**
   * Whether Markdown reads it as a tag too (CommonMark 0.31, section 6.6). Where it does not, the `<` is shown and what
   * follows is read on its own.
   */
  readonly isMarkdownTag: boolean;
  /** Index after the `>`. */
  readonly end: number;
}

/**
 * What looks like a tag and has no `>`: its `<` is a character like any other. The same holds for every `<` after it
 * and before `retryAt`, where a quoted value holds one.
 */
export interface NoTag {
  readonly kind: 'none';
  readonly retryAt: number;
}

/** A tag whose quoted value has no end in this text: what shows HTML swallows everything up to that quote. */
export interface OpenTag {
  readonly kind: 'open';
  readonly quote: '"' | "'";
}

const markdownTag =
  /^<(?:[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>|\/[A-Za-z][A-Za-z0-9-]*\s*>)$/;
const blankLine = /\n[ \t]*\n/;

const nameAt = /<(\/?)([A-Za-z][^\s/>]*)/y;
const attributeAt = /[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)("?)|'([^']*)('?)|([^\s>]*)))?/y;
const closeAt = /[\s/]*>/y;

/**
 * Reads the tag that begins at `start`, by the tokenizer of the HTML standard (13.2.5): a `<` or a quote in an
 * unquoted place is an ordinary character of a name.
 */
export function readTag(text: string, start: number): HtmlTag | OpenTag | NoTag {
  nameAt.lastIndex = start;
  const head = nameAt.exec(text);
  if (head === null) return { kind: 'none', retryAt: start + 1 };
  const [whole, slash, name = ''] = head;
  const inside = readAttributes(text, start + whole.length);
  if (inside.kind !== 'attributes') return inside;
  const { attributes, end } = inside;
  const isMarkdownTag = markdownTag.test(text.slice(start, end)) && !blankLine.test(text.slice(start, end));
  return { kind: slash === '/' ? 'end' : 'start', name: name.toLowerCase(), attributes, isMarkdownTag, end };
}

interface Attributes {
  readonly kind: 'attributes';
  readonly attributes: readonly HtmlAttribute[];
  readonly end: number;
}

function readAttributes(text: string, start: number): Attributes | OpenTag | NoTag {
  const attributes: HtmlAttribute[] = [];
  let retryAt: number | undefined;
  let position = start;
  while (position < text.length) {
    closeAt.lastIndex = position;
    if (closeAt.test(text)) return { kind: 'attributes', attributes, end: closeAt.lastIndex };
    attributeAt.lastIndex = position;
    const match = attributeAt.exec(text);
    if (match === null) break;
    if (match[3] === '') return { kind: 'open', quote: '"' };
    if (match[5] === '') return { kind: 'open', quote: "'" };
    retryAt ??= quotedTagStart(match);
    attributes.push(toAttribute(match));
    position = attributeAt.lastIndex;
  }
  return { kind: 'none', retryAt: retryAt ?? text.length };
}

function quotedTagStart({ 0: raw, 2: double, 4: single, index }: RegExpExecArray): number | undefined {
  const value = double ?? single;
  return value?.includes('<') === true ? index + raw.indexOf('<', raw.length - value.length - 1) : undefined;
}

function toAttribute([raw, name = '', double, , single, , bare]: RegExpExecArray): HtmlAttribute {
  return { name: name.toLowerCase(), value: double ?? single ?? bare ?? '', raw: raw.replace(/^[\s/]+/, '') };
}
