/** Deepest nesting of a message that is read: `JSON.stringify` overflows the stack long before `JSON.parse` does (04 G-13). */
export const JSON_DEPTH_MAX = 64;

/** What one pass over the bytes of a JSON text found. Only meaningful if the text then parses. */
export interface JsonScan {
  /** Members of all objects, doubled keys counted twice. */
  readonly members: number;
  /** Whether a number literal may not survive a double. A false alarm costs time only. */
  readonly inexactNumbers: boolean;
  /** Byte offset at which the nesting passed the bound. */
  readonly tooDeepAt?: number;
}

/**
 * Counts what `JSON.parse` forgets: members, depth and number literals. One pass, about 1 ns a byte, no allocation.
 * Doubled keys are found by comparing `members` with the parsed value.
 */
export function scanJson(bytes: Uint8Array): JsonScan {
  let depth = 0;
  let members = 0;
  let inexactNumbers = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(bytes, at);
    } else if (byte === COLON) {
      members += 1;
    } else if (byte === BRACE_OPEN || byte === BRACKET_OPEN) {
      depth += 1;
      if (depth > JSON_DEPTH_MAX) return { members, inexactNumbers, tooDeepAt: at };
    } else if (byte === BRACE_CLOSE || byte === BRACKET_CLOSE) {
      depth -= 1;
    } else if (byte === MINUS || isDigit(byte)) {
      const end = endOfNumber(bytes, at);
      inexactNumbers ||= !isPlainInteger(bytes, at, end);
      at = end - 1;
    }
  }
  return { members, inexactNumbers };
}

/** Offset of the quote that closes the string opened at `start`; the length of the text when none does. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    at += byte === BACKSLASH ? 2 : 1;
  }
  return at;
}

function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && isNumberByte(bytes[at] ?? 0)) at += 1;
  return at;
}

/** At most 15 digits and no fraction or exponent: always exact. */
function isPlainInteger(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 15) return false;
  if (bytes[start] === MINUS && bytes[start + 1] === ZERO) return false;
  for (let at = start + 1; at < end; at += 1) {
    if (!isDigit(bytes[at] ?? 0)) return false;
  }
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function isNumberByte(byte: number): boolean {
  return isDigit(byte) || byte === MINUS || byte === PLUS || byte === POINT || byte === LOWER_E || byte === UPPER_E;
}

const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const UPPER_E = 0x45;
const BRACKET_OPEN = 0x5b;
const BACKSLASH = 0x5c;
const BRACKET_CLOSE = 0x5d;
const LOWER_E = 0x65;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;
