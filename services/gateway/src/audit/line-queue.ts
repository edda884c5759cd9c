const PAGE_BYTES = 64 * 1024;
/** Empty pages that are kept for the next lines. */
const SPARE_PAGES_MAX = 4;
/** A character of a string takes at most this many bytes of UTF-8. */
const UTF8_BYTES_MAX = 3;

const LINE_END = 0x0a;

interface Page {
  readonly bytes: Buffer;
  start: number;
  end: number;
}

/**
 * Lines that wait to be written, in order, as UTF-8 in pages of 64 KiB that are used again. Bytes and not strings: each
 * string that waits outlives the young generation, so that a busy log would fill the old one with what is already on disk.
 */
export class LineQueue {
  readonly #pages: Page[] = [];
  readonly #spare: Buffer[] = [];
  #bytes = 0;

  /** Bytes that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds a line with its end. */
  append(line: string): void {
    const page = this.#pageFor(line);
    const written = page.bytes.write(line, page.end, 'utf8');
    page.end += written;
    this.#bytes += written;
  }

  /** The bytes that come next, a page or `bytesMax` at most; none when none wait. They stay unchanged until they are dropped. */
  peek(bytesMax: number): Buffer {
    const page = this.#pages[0];
    return page === undefined
      ? Buffer.alloc(0)
      : page.bytes.subarray(page.start, Math.min(page.end, page.start + bytesMax));
  }

  /** Forgets the next `count` bytes, at most as many as `peek` answered. */
  drop(count: number): void {
    const page = this.#pages[0];
    if (page === undefined) return;
    page.start += count;
    this.#bytes -= count;
    if (page.start < page.end) return;
    this.#pages.shift();
    if (page.bytes.length === PAGE_BYTES && this.#spare.length < SPARE_PAGES_MAX) this.#spare.push(page.bytes);
  }

  /** Lines that wait, one that is written in part included. Looks at each byte. */
  countLines(): number {
    return this.#pages.reduce((sum, { bytes, start, end }) => sum + countLineEnds(bytes.subarray(start, end)), 0);
  }

  #pageFor(line: string): Page {
    const last = this.#pages.at(-1);
    if (last !== undefined && fits(line, last)) return last;
    const page = { bytes: this.#bufferFor(line), start: 0, end: 0 };
    this.#pages.push(page);
    return page;
  }

  #bufferFor(line: string): Buffer {
    const bytes = Buffer.byteLength(line);
    return bytes > PAGE_BYTES
      ? Buffer.allocUnsafeSlow(bytes)
      : (this.#spare.pop() ?? Buffer.allocUnsafeSlow(PAGE_BYTES));
  }
}

/** The exact length is counted only near the end of a page. */
function fits(line: string, { bytes, end }: Page): boolean {
  const free = bytes.length - end;
  return line.length * UTF8_BYTES_MAX <= free || Buffer.byteLength(line) <= free;
}

function countLineEnds(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte === LINE_END) count += 1;
  return count;
}
