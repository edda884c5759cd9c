const unitMs = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/**
 * Milliseconds of a duration such as `500ms`, `30s`, `10m` or `2h`: a whole number from 1 to 9999999 and a unit.
 *
 * @throws RangeError for any other text. Config is checked by its schema before; reaching this is a bug.
 */
export function parseDuration(text: string): number {
  const [, count, unit] = /^([1-9][0-9]{0,6})(ms|s|m|h)$/.exec(text) ?? [];
  const factor = unitMs.get(unit ?? '');
  if (count === undefined || factor === undefined) {
    throw new RangeError(`"${text}" is not a duration such as 500ms, 30s or 10m`);
  }
  return Number(count) * factor;
}
