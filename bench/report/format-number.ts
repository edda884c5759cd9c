const wholeFrom = 1_000;

/** Writes a number with three to four digits that mean something. */
export function formatNumber(value: number): string {
  if (Math.abs(value) >= wholeFrom) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 3);
}
