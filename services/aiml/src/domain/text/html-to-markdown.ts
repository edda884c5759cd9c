import { decodeCharacterReferences } from './character-references.ts';

/** A web page as Markdown, and the title that it gives itself. */
export interface ConvertedPage {
  readonly text: string;
  readonly title: string | undefined;
}

/** Elements whose content nobody reads, or that could act (06 S-92). */
const droppedElements = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'canvas',
  'select',
  'textarea',
]);
/** Their content is text to a parser even where it looks like tags. */
const rawElements = new Set(['script', 'style', 'textarea', 'iframe']);
const voidElements = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
]);
const blockElements = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'dd',
  'details',
  'div',
  'dl',
  'dt',
  'figure',
  'footer',
  'form',
  'header',
  'main',
  'nav',
  'ol',
  'p',
  'section',
  'summary',
  'table',
  'ul',
]);

interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly attributes: string;
}

/**
 * Turns a web page into Markdown: headings, lists, tables and code stay; scripts, hidden parts and addresses go; an
 * image becomes its alternative text. One pass over the text, so that no page takes more than linear time.
 */
export function htmlToMarkdown(html: string): ConvertedPage {
  const page = new PageWriter();
  let position = 0;
  while (position < html.length) {
    const open = html.indexOf('<', position);
    const textEnd = open === -1 ? html.length : open;
    page.text(html.slice(position, textEnd));
    if (open === -1) break;
    position = readMarkup(html, open, page);
  }
  return page.finish();
}

/** Handles what begins at a `<` and returns the offset after it. */
function readMarkup(html: string, open: number, page: PageWriter): number {
  if (html.startsWith('<!--', open)) return after(html, '-->', open + 4);
  if (html[open + 1] === '!' || html[open + 1] === '?') return after(html, '>', open + 2);
  const name = /^\/?[a-z][a-z0-9-]*/i.exec(html.slice(open + 1, open + 40))?.[0];
  if (!name) {
    page.text('<');
    return open + 1;
  }
  const end = tagEnd(html, open + 1 + name.length);
  const tag: Tag = {
    name: name.replace('/', '').toLowerCase(),
    isEnd: name.startsWith('/'),
    attributes: html.slice(open + 1 + name.length, end - 1),
  };
  page.tag(tag);
  return !tag.isEnd && rawElements.has(tag.name) ? rawTextEnd(html, end, tag.name) : end;
}

function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found === -1 ? html.length : found + mark.length;
}

/** The offset after the `>` that ends a tag; one inside a quoted attribute does not. */
function tagEnd(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length; at += 1) {
    const character = html[at] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
  }
  return html.length;
}

/** The offset of the end tag of a raw element, whatever its text looks like. */
function rawTextEnd(html: string, from: number, name: string): number {
  const pattern = new RegExp(`</${name}`, 'gi');
  pattern.lastIndex = from;
  return pattern.exec(html)?.index ?? html.length;
}

/** Collects the Markdown of one page. Lives for one conversion. */
class PageWriter {
  readonly #parts: string[] = [];
  readonly #titleParts: string[] = [];
  /** Names of the open elements inside the outermost dropped one; empty while text is kept. */
  readonly #dropped: string[] = [];
  #isTitle = false;
  #codeDepth = 0;
  #cells = 0;

  text(raw: string): void {
    if (this.#dropped.length > 0 || raw === '') return;
    const text = decodeCharacterReferences(raw);
    if (this.#isTitle) this.#titleParts.push(text);
    else this.#parts.push(this.#codeDepth > 0 ? text : text.replaceAll(/\s+/g, ' '));
  }

  tag(tag: Tag): void {
    if (this.#dropped.length > 0) this.#trackDropped(tag);
    else if (!tag.isEnd && isDropped(tag)) this.#trackDropped(tag);
    else if (tag.name === 'title') this.#isTitle = !tag.isEnd;
    else if (tag.name === 'pre') this.#code(tag);
    else this.#parts.push(this.#markdownOf(tag));
  }

  finish(): ConvertedPage {
    const title = this.#titleParts.join('').replaceAll(/\s+/g, ' ').trim();
    const fence = this.#codeDepth > 0 ? '\n```' : '';
    const text = `${this.#parts.join('')}${fence}`
      .replaceAll(/[ \t]+\n/g, '\n')
      .replaceAll(/\n[ \t]+(?=\n)/g, '\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim();
    return { text, title: title === '' ? undefined : title };
  }

  #trackDropped({ name, isEnd }: Tag): void {
    if (voidElements.has(name)) return;
    if (!isEnd) {
      this.#dropped.push(name);
      return;
    }
    const opened = this.#dropped.lastIndexOf(name);
    if (opened !== -1) this.#dropped.length = opened;
  }

  #code({ isEnd }: Tag): void {
    this.#codeDepth = Math.max(0, this.#codeDepth + (isEnd ? -1 : 1));
    this.#parts.push('\n```\n');
  }

  #markdownOf({ name, isEnd, attributes }: Tag): string {
    const level = /^h([1-6])$/.exec(name)?.[1];
    if (level) return isEnd ? '\n\n' : `\n\n${'#'.repeat(Number(level))} `;
    if (name === 'img') return decodeCharacterReferences(attributeOf(attributes, 'alt') ?? '');
    if (name === 'br') return '\n';
    if (name === 'hr') return '\n\n---\n\n';
    if (name === 'li') return isEnd ? '\n' : '\n- ';
    if (name === 'tr') return this.#row(isEnd);
    if (name === 'td' || name === 'th') return this.#cell(isEnd);
    if (name === 'code' && this.#codeDepth === 0) return '`';
    return blockElements.has(name) ? '\n\n' : '';
  }

  #row(isEnd: boolean): string {
    const isEmpty = this.#cells === 0;
    this.#cells = 0;
    if (!isEnd) return '\n';
    return isEmpty ? '' : ' |';
  }

  #cell(isEnd: boolean): string {
    if (isEnd) return '';
    this.#cells += 1;
    return this.#cells === 1 ? '| ' : ' | ';
  }
}

function isDropped({ name, attributes }: Tag): boolean {
  if (droppedElements.has(name)) return true;
  if (voidElements.has(name)) return false;
  if (/(?:^|\s)hidden(?:[\s=/]|$)/i.test(attributes)) return true;
  const style = attributeOf(attributes, 'style') ?? '';
  return /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])/i.test(style);
}

function attributeOf(attributes: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(
    attributes.slice(0, 4_096),
  );
  return match?.[1] ?? match?.[2] ?? match?.[3];
}
