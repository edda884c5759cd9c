/** What a scan of an answer's bytes found, as far as it has come. */
export interface ScannedAnswer {
  /** JSON text of the top-level `id`. */
  readonly id: string | undefined;
  readonly hasError: boolean;
  /** `result.isError` is true. */
  readonly isToolError: boolean;
  /** The top-level object is closed and nothing but white space follows. */
  readonly isComplete: boolean;
}

/**
 * Reads a JSON-RPC answer chunk by chunk without keeping it, for answers that are too large to parse (04 G-14). Looks at
 * the members of the top-level object and of `result` only; about 2 ns a byte.
 */
export class AnswerScanner {
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #token = '';
  #key = '';
  #topKey = '';
  #id: string | undefined;
  #hasError = false;
  #isToolError = false;
  #isClosed = false;
  #hasTrailer = false;

  push(chunk: Buffer): void {
    for (const byte of chunk) {
      if (this.#inString) this.#stringByte(byte);
      else this.#plainByte(byte);
    }
  }

  get found(): ScannedAnswer {
    const isComplete = this.#isClosed && !this.#hasTrailer && !this.#inString;
    return { id: this.#id, hasError: this.#hasError, isToolError: this.#isToolError, isComplete };
  }

  #stringByte(byte: number): void {
    this.#keep(byte);
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }

  #plainByte(byte: number): void {
    if (byte <= SPACE) return;
    if (this.#isClosed) this.#hasTrailer = true;
    else if (byte === COLON) this.#endKey();
    else if (byte === COMMA) this.#endValue();
    else if (byte === BRACE_OPEN || byte === BRACKET_OPEN) this.#open();
    else if (byte === BRACE_CLOSE || byte === BRACKET_CLOSE) this.#close();
    else {
      this.#inString = byte === QUOTE;
      this.#keep(byte);
    }
  }

  /** Tokens matter in the top two levels, and no name or value that we look for is long. */
  #keep(byte: number): void {
    if (this.#depth <= 2 && this.#token.length < TOKEN_LENGTH_MAX) this.#token += String.fromCharCode(byte);
  }

  #endKey(): void {
    this.#key = this.#token;
    if (this.#depth === 1) {
      this.#topKey = this.#key;
      this.#hasError ||= this.#key === '"error"';
    }
    this.#token = '';
  }

  #endValue(): void {
    if (this.#depth === 1 && this.#key === '"id"' && this.#token !== '') this.#id = this.#token;
    if (this.#depth === 2 && this.#topKey === '"result"' && this.#key === '"isError"')
      this.#isToolError = this.#token === 'true';
    this.#token = '';
    this.#key = '';
  }

  #open(): void {
    this.#depth += 1;
    this.#token = '';
  }

  #close(): void {
    this.#endValue();
    this.#depth -= 1;
    this.#isClosed = this.#depth === 0;
  }
}

const TOKEN_LENGTH_MAX = 1_100;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET_OPEN = 0x5b;
const BACKSLASH = 0x5c;
const BRACKET_CLOSE = 0x5d;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;
