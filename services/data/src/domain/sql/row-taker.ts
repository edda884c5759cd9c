import type { Cell } from './row-page.ts';

/** Which rows of a result to take, and how much of them. */
export interface RowTakerOptions {
  readonly skip: number;
  readonly rowsMax: number;
  /** Most bytes of all cells; the first row is taken whatever its size. */
  readonly bytesMax: number;
  readonly cellBytesMax: number;
}

/** What was taken. */
export interface TakenRows {
  readonly rows: Cell[][];
  readonly cutBy: 'rows' | 'bytes' | undefined;
  readonly cellsCut: number;
}

const utf8BytesPerCharMax = 3;

/** Takes a page out of rows that arrive in batches, and stops asking once it is full (06 S-28). */
export class RowTaker {
  readonly #options: RowTakerOptions;
  readonly #rows: Cell[][] = [];
  #seen = 0;
  #bytes = 0;
  #cellsCut = 0;
  #cutBy: TakenRows['cutBy'];

  constructor(options: RowTakerOptions) {
    this.#options = options;
  }

  /** Rows that it still needs to see: one more than fit, to know whether there are more. 0 when it is full. */
  get wanted(): number {
    if (this.#cutBy !== undefined) return 0;
    return this.#options.skip + this.#options.rowsMax + 1 - this.#seen;
  }

  push(rows: readonly Cell[][]): void {
    for (const row of rows) {
      this.#seen += 1;
      if (this.#seen > this.#options.skip && this.#cutBy === undefined) this.#take(row);
    }
  }

  finish(): TakenRows {
    return { rows: this.#rows, cutBy: this.#cutBy, cellsCut: this.#cellsCut };
  }

  #take(row: Cell[]): void {
    if (this.#rows.length === this.#options.rowsMax) {
      this.#cutBy = 'rows';
      return;
    }
    const cellsCutBefore = this.#cellsCut;
    const rowBytes = this.#shorten(row);
    if (this.#rows.length > 0 && this.#bytes + rowBytes > this.#options.bytesMax) {
      this.#cutBy = 'bytes';
      this.#cellsCut = cellsCutBefore;
      return;
    }
    this.#bytes += rowBytes;
    this.#rows.push(row);
  }

  /** Cuts long cells in place, and answers the bytes of the row. */
  #shorten(row: Cell[]): number {
    let bytes = 0;
    for (const [index, cell] of row.entries()) {
      if (typeof cell !== 'string') {
        bytes += 8;
        continue;
      }
      const cut = this.#isTooLong(cell) ? cutCell(cell, this.#options.cellBytesMax) : cell;
      if (cut !== cell) {
        row[index] = cut;
        this.#cellsCut += 1;
      }
      bytes += Buffer.byteLength(cut);
    }
    return bytes;
  }

  #isTooLong(cell: string): boolean {
    const { cellBytesMax } = this.#options;
    // Most cells are short: then the count of characters settles it, without a count of bytes.
    return cell.length * utf8BytesPerCharMax > cellBytesMax && Buffer.byteLength(cell) > cellBytesMax;
  }
}

/** Keeps whole characters up to `bytesMax`, and says how many are missing: `abc[+97 chars]`. */
function cutCell(cell: string, bytesMax: number): string {
  const kept = new TextDecoder().decode(Buffer.from(cell).subarray(0, bytesMax), { stream: true });
  return `${kept}[+${cell.length - kept.length} chars]`;
}
