/** What a splitter found. */
export interface LineHandlers {
  /** One line without its end. */
  line(text: string): void;
  /** A line that was longer than the bound; its bytes were never kept. */
  tooLong(line: LongLine): void;
}

/** What is known of a line that was too long to keep. */
export interface LongLine {
  readonly bytes: number;
  /** The first bytes of the line, at most {@link edgeBytes}. */
  readonly head: string;
  /** The last bytes of the line, at most {@link edgeBytes}. */
  readonly tail: string;
}

const lineFeed = 0x0a;
/** Enough of both ends to read the id of a JSON-RPC answer. */
const edgeBytes = 256;

/** Cuts a byte stream into lines of UTF-8, wherever its chunks end. Never keeps more than `bytesMax` of a line. */
export class LineSplitter {
  readonly #bytesMax: number;
  readonly #handlers: LineHandlers;
  #parts: Buffer[] = [];
  #size = 0;
  /** Both ends of the line at hand, once it is longer than the bound. */
  #edges: { readonly head: Buffer; readonly tail: Buffer } | undefined;

  constructor(bytesMax: number, handlers: LineHandlers) {
    this.#bytesMax = bytesMax;
    this.#handlers = handlers;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      this.#take(chunk.subarray(start, end));
      this.#endLine();
      start = end + 1;
    }
    this.#take(chunk.subarray(start));
  }

  /** The stream is over: what is left without a line end is a line too. */
  end(): void {
    if (this.#size > 0) this.#endLine();
  }

  #take(part: Buffer): void {
    if (part.length === 0) return;
    this.#size += part.length;
    if (this.#edges !== undefined) {
      this.#edges = { head: firstOf([this.#edges.head, part]), tail: lastOf([this.#edges.tail, part]) };
      return;
    }
    this.#parts.push(part);
    if (this.#size <= this.#bytesMax) return;
    this.#edges = { head: firstOf(this.#parts), tail: lastOf(this.#parts) };
    this.#parts = [];
  }

  #endLine(): void {
    const edges = this.#edges;
    const parts = this.#parts;
    const bytes = this.#size;
    this.#edges = undefined;
    this.#parts = [];
    this.#size = 0;
    if (edges === undefined) {
      this.#handlers.line(Buffer.concat(parts).toString('utf8').replace(/\r$/, ''));
    } else {
      this.#handlers.tooLong({ bytes, head: edges.head.toString('utf8'), tail: edges.tail.toString('utf8') });
    }
  }
}

function firstOf(parts: readonly Buffer[]): Buffer {
  const few: Buffer[] = [];
  let size = 0;
  for (const part of parts) {
    few.push(part.subarray(0, edgeBytes));
    size += part.length;
    if (size >= edgeBytes) break;
  }
  return Buffer.concat(few).subarray(0, edgeBytes);
}

function lastOf(parts: readonly Buffer[]): Buffer {
  const few: Buffer[] = [];
  let size = 0;
  for (const part of parts.toReversed()) {
    few.unshift(part.subarray(-edgeBytes));
    size += part.length;
    if (size >= edgeBytes) break;
  }
  return Buffer.concat(few).subarray(-edgeBytes);
}
