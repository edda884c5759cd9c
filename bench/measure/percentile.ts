/**
 * Answers the value that at least `percent` of all values do not exceed (nearest rank).
 *
 * @param sorted at least one value, in rising order.
 * @param percent above 0, at most 100.
 */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  const rank = Math.ceil((percent / 100) * sorted.length);
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError('there is no value to take a percentile of');
  return value;
}
