const newline = 10;

/** Which lines to take out of a stream of bytes. */
export interface LineWindowOptions {
  /** First line, counted from 1. */
  readonly firstLine: number;
  readonly linesMax: number;
  readonly bytesMax: number;
}

/** Lines that were taken. */
export interface TakenLines {
  /** Whole lines with their line ends; the last may be cut when it alone is longer than the byte limit. */
  readonly bytes: Buffer;
  /** Number of lines in `bytes`. */
  readonly lineCount: number;
  /** Why there is more than was taken; `undefined` at the end of the file. */
  readonly cutBy: 'rows' | 'bytes' | undefined;
}

/**
 * Takes a range of lines out of chunks, in memory that does not grow with the file: lines before the range are counted
 * and dropped, and it wants no more chunks once the range is full.
 */
export class LineWindow {
  readonly #options: LineWindowOptions;
  readonly #kept: Buffer[] = [];
  #keptBytes = 0;
  #linesSkipped = 0;
  #lineCount = 0;
  #isLineOpen = false;
  #cutBy: TakenLines['cutBy'];

  constructor(options: LineWindowOptions) {
    this.#options = options;
  }

  /** Takes what it needs of a chunk. Answers whether it wants another. */
  push(chunk: Buffer): boolean {
    let from = this.#skip(chunk);
    while (from < chunk.length && this.#cutBy === undefined) {
      const end = chunk.indexOf(newline, from);
      const to = end === -1 ? chunk.length : end + 1;
      this.#take(chunk.subarray(from, to), end !== -1);
      from = to;
    }
    return this.#cutBy === undefined;
  }

  finish(): TakenLines {
    return {
      bytes: Buffer.concat(this.#kept),
      lineCount: this.#lineCount + (this.#isLineOpen ? 1 : 0),
      cutBy: this.#cutBy,
    };
  }

  #skip(chunk: Buffer): number {
    let from = 0;
    while (this.#linesSkipped < this.#options.firstLine - 1) {
      const end = chunk.indexOf(newline, from);
      if (end === -1) return chunk.length;
      this.#linesSkipped += 1;
      from = end + 1;
    }
    return from;
  }

  #take(piece: Buffer, endsLine: boolean): void {
    const room = this.#options.bytesMax - this.#keptBytes;
    if (this.#lineCount === this.#options.linesMax) this.#cutBy = 'rows';
    else if (piece.length > room) this.#overflow(piece, room);
    else {
      this.#keep(piece);
      this.#isLineOpen = !endsLine;
      if (endsLine) this.#lineCount += 1;
    }
  }

  /** Drops the line that does not fit, unless it is the only one: then as much of it as fits. */
  #overflow(piece: Buffer, room: number): void {
    this.#cutBy = 'bytes';
    if (this.#lineCount === 0) {
      this.#keep(piece.subarray(0, room));
      this.#isLineOpen = true;
      return;
    }
    const whole = Buffer.concat(this.#kept);
    this.#kept.length = 0;
    this.#kept.push(whole.subarray(0, whole.lastIndexOf(newline) + 1));
    this.#isLineOpen = false;
  }

  #keep(piece: Buffer): void {
    // A copy: the reader fills its one buffer again for the next chunk.
    this.#kept.push(Buffer.from(piece));
    this.#keptBytes += piece.length;
  }
}
