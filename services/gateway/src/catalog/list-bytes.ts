/** Most lists that one snapshot keeps, and most bytes of them together (04 G-17). */
const ENTRIES_MAX = 256;
const BYTES_MAX = 32 * 1024 * 1024;

/** Lists as bytes, made on first use. Part of a snapshot, so each key holds for one epoch only (04 G-27). */
export class ListBytes {
  readonly #entries = new Map<string, Buffer>();
  #bytes = 0;

  /** The bytes under a key; `build` makes them when they are not there. */
  get(key: string, build: () => string): Buffer {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const bytes = Buffer.from(build(), 'utf8');
    if (this.#entries.size >= ENTRIES_MAX || this.#bytes + bytes.length > BYTES_MAX) this.#clear();
    this.#entries.set(key, bytes);
    this.#bytes += bytes.length;
    return bytes;
  }

  #clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }
}
