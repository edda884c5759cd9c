/** Where a value stands in a JSON text: from its first character to behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An object names a member twice: two readers may take different ones (06 N01). */
export class DoubledKeyError extends Error {
  constructor(key: string) {
    super(`the member "${key}" is there twice`);
    this.name = 'DoubledKeyError';
  }
}

/**
 * Finds the value at a path of member names, so that it can be replaced without writing the rest of the text anew.
 * `text` is JSON that `JSON.parse` takes.
 *
 * @throws DoubledKeyError when a name on the way is there twice.
 */
export function findSpan(text: string, path: readonly string[]): Span | undefined {
  let span: Span | undefined = { start: skipSpace(text, 0), end: text.length };
  for (const key of path) {
    span = findMember(text, span.start, key);
    if (span === undefined) return undefined;
  }
  return span;
}

function findMember(text: string, objectStart: number, key: string): Span | undefined {
  if (text[objectStart] !== '{') return undefined;
  let found: Span | undefined;
  let at = skipSpace(text, objectStart + 1);
  while (text[at] === '"') {
    const keyEnd = endOfString(text, at);
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = endOfValue(text, start);
    if (JSON.parse(text.slice(at, keyEnd)) === key) {
      if (found !== undefined) throw new DoubledKeyError(key);
      found = { start, end };
    }
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return found;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first === '{' || first === '[') return endOfContainer(text, start);
  return nextOf(/[,\]}\s]/g, text, start) ?? text.length;
}

/** Goes from bracket to bracket and jumps over strings. */
function endOfContainer(text: string, start: number): number {
  const mark = /["{}[\]]/g;
  let depth = 0;
  let at = start;
  do {
    const found = nextOf(mark, text, at);
    if (found === undefined) return text.length;
    const character = text[found];
    at = character === '"' ? endOfString(text, found) : found + 1;
    if (character === '{' || character === '[') depth += 1;
    else if (character !== '"') depth -= 1;
  } while (depth > 0);
  return at;
}

/** Position behind the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote !== -1 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote === -1 ? text.length : quote + 1;
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0;
  while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function nextOf(mark: RegExp, text: string, from: number): number | undefined {
  mark.lastIndex = from;
  return mark.exec(text)?.index;
}
