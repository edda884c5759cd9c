/** So many calls in so much time. */
export interface Rate {
  readonly count: number;
  readonly perMs: number;
}

const periodMs = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/**
 * Reads a rate such as `5/s`, `60/m` or `1000/h`: a whole number from 1 to 9999999, per second, minute or hour.
 *
 * @throws RangeError for any other text. Config is checked by its schema before; reaching this is a bug.
 */
export function parseRate(text: string): Rate {
  const [, count, period] = /^([1-9][0-9]{0,6})\/(s|m|h)$/.exec(text) ?? [];
  const perMs = periodMs.get(period ?? '');
  if (count === undefined || perMs === undefined) {
    throw new RangeError(`"${text}" is not a rate such as 5/s, 60/m or 1000/h`);
  }
  return { count: Number(count), perMs };
}
