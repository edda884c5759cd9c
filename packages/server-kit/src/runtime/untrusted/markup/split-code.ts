/**
 * A run of lines. `code` is shown as it is; in `html` and `markdown` markup means something, and in `markdown` there
 * may be code between backticks; `comment` is a link definition that is used to hide text.
 */
export interface MarkupPart {
  readonly kind: 'code' | 'html' | 'markdown' | 'comment';
  readonly text: string;
  /** Whether markup after this part holds a `>`, which would end a tag that has no end here. */
  readonly isBeforeBracket: boolean;
}

interface Block {
  readonly kind: MarkupPart['kind'];
  /** What the last line of the block holds. */
  readonly closing: RegExp;
  /** The block after it. */
  readonly next: Block | undefined;
}

const always = /^/;
const never = /(?!)/;
const blank = /^[ \t]*$/;

const paragraph: Block = { kind: 'markdown', closing: always, next: undefined };
const everythingElse: Block = { kind: 'html', closing: never, next: undefined };
const htmlParagraph: Block = { kind: 'html', closing: blank, next: undefined };

const containers = String.raw`[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]*)*`;
const fenceLike = new RegExp(`^${containers}(?:\`{3}|~{3})`);
const fenceOpening = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;
const htmlOpening = new RegExp(`^${containers}<[A-Za-z/!?]`);
const hiddenDefinition =
  /^ {0,3}\[(?:\/\/|#|comment|[^\]]{1,999}(?=\]:[ \t]*(?:#|<>)(?:[ \t]|$)))\]:[ \t]*\S*[ \t]*(.*)$/i;

/** HTML blocks that go on over blank lines, and what ends them (CommonMark 0.31, section 4.6, kinds 1 to 5). */
const longHtmlBlocks: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![A-Za-z]/, />/],
];

/**
 * Splits Markdown into the parts that a reader sees as code and the parts that are read as markup.
 *
 * Only what is code for certain counts as code, because text hidden in markup that we take for code would reach a
 * model unseen. A fence is certain at the start of a line, outside an HTML block. After a fence anywhere else (in a
 * list, a quotation, an HTML block), which fence opens and which closes depends on the reader; from there on nothing
 * counts as code.
 */
export function splitCode(text: string): readonly MarkupPart[] {
  const parts: { readonly kind: MarkupPart['kind']; readonly lines: string[] }[] = [];
  let block = paragraph;
  let isAfterBlank = true;
  for (const line of text.split(/(?<=\n)/)) {
    const content = line.replace(/\n$/, '');
    const isOpening = block === paragraph;
    const current = nextBlock(block, content, isAfterBlank);
    const last = parts.at(-1);
    if (last?.kind === current.kind) last.lines.push(line);
    else parts.push({ kind: current.kind, lines: [line] });
    isAfterBlank = blank.test(content);
    if (isLastLine(current, content, isOpening)) block = isAfterBlank ? paragraph : (current.next ?? paragraph);
    else block = current;
  }
  return withBrackets(parts.map(({ kind, lines }) => ({ kind, text: lines.join('') })));
}

function withBrackets(parts: readonly Omit<MarkupPart, 'isBeforeBracket'>[]): readonly MarkupPart[] {
  const last = parts.findLastIndex(({ kind, text }) => kind !== 'code' && text.includes('>'));
  return parts.map((part, index) => ({ ...part, isBeforeBracket: index < last }));
}

function nextBlock(block: Block, line: string, isAfterBlank: boolean): Block {
  if (block.kind === 'code' || block === everythingElse) return block;
  const fence = block === paragraph ? fenceOpening.exec(line) : null;
  if (fence !== null) return { kind: 'code', closing: fenceClosing(fence[1] ?? fence[2] ?? ''), next: paragraph };
  if (fenceLike.test(line)) return everythingElse;
  return block === paragraph ? openBlock(line, isAfterBlank) : block;
}

function openBlock(line: string, isAfterBlank: boolean): Block {
  const definition = isAfterBlank ? hiddenDefinition.exec(line) : null;
  // What follows it may belong to it in another reader's eyes, so that is no place for code either.
  if (definition !== null)
    return { kind: 'comment', closing: definitionClosing(definition[1] ?? ''), next: htmlParagraph };
  const long = longHtmlBlocks.find(([opening]) => opening.test(line));
  if (long !== undefined) return { kind: 'html', closing: long[1], next: paragraph };
  return htmlOpening.test(line) ? htmlParagraph : paragraph;
}

/** An opening fence cannot close itself; every other block may end on the line that opens it. */
function isLastLine(block: Block, line: string, isOpening: boolean): boolean {
  if (block.kind === 'code' && isOpening) return false;
  return block.closing.test(line) || (block.kind === 'comment' && blank.test(line));
}

function fenceClosing(mark: string): RegExp {
  return new RegExp(`^ {0,3}${RegExp.escape(mark.charAt(0))}{${mark.length},}[ \\t]*$`);
}

const titleMarks: Readonly<Record<string, string>> = { '(': ')', '"': '"', "'": "'" };

/** A title may go on over the next lines until its closing mark. */
function definitionClosing(title: string): RegExp {
  const closing = titleMarks[title.charAt(0)];
  return closing === undefined ? always : new RegExp(`${RegExp.escape(closing)}[ \\t]*$`);
}
