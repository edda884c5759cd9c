/** A number that keeps the literal it was written with: `JSON.stringify` writes `rawJSON` as it is. */
export interface RawJson {
  readonly rawJSON: string;
}

declare global {
  interface JSON {
    /** Makes a value that `JSON.stringify` writes as the given literal. In V8 since 11.4; not in TypeScript's library yet. */
    rawJSON(text: string): RawJson;
    isRawJSON(value: unknown): value is RawJson;
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
  }
}

/**
 * Whether a number literal means the same after a double has held it (04 G-12). Up to 15 significant digits always do;
 * `9007199254740993`, `1e400` and `-0` do not. Longer literals count as changed even where they happen to survive,
 * which costs a slower decode and nothing else.
 */
function survivesAsDouble(literal: string): boolean {
  if (literal.length <= 15 && !/[eE]/.test(literal)) return literal !== '-0';
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().split('e');
  if (Math.abs(Number(exponent)) > EXPONENT_MAX) return false;
  const digits = mantissa.replace('-', '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return digits === '' ? !literal.startsWith('-') : digits.length <= 15 && mantissa.length <= EXPONENT_MAX;
}

/** Decodes a JSON text and keeps each number literal that a double cannot hold. */
export function parseKeepingNumbers(text: string): unknown {
  return JSON.parse(text, (_key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined || survivesAsDouble(source)) return value;
    return JSON.rawJSON(source);
  });
}

/** Well inside the range of a double, so that neither overflow nor a subnormal loses a digit. */
const EXPONENT_MAX = 290;
