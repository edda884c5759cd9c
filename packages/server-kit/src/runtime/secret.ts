import { inspect } from 'node:util';

const mask = '***';

/**
 * A value that must not be shown. Prints `***` in text, JSON and `util.inspect`; a structured clone of it is empty
 * (06 S-98). The value comes out by `reveal()` only, which belongs in adapters and in identity.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value in clear. Call it where the value is used, and keep no copy. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [Symbol.toPrimitive](): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}
