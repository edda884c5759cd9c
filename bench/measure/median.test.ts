import { expect, test } from 'vitest';
import { median } from './median.ts';
import { percentile } from './percentile.ts';

test('takes the middle of an odd number of values, whatever their order', () => {
  expect(median([100, 3, 20])).toBe(20);
});

test('takes the mean of the middle two of an even number of values', () => {
  expect(median([4, 1, 100, 2])).toBe(3);
});

test('takes the smallest value that the percentage of all values do not exceed', () => {
  const sorted = Array.from({ length: 200 }, (_, index) => index + 1);

  expect(percentile(sorted, 50)).toBe(100);
  expect(percentile(sorted, 99)).toBe(198);
  expect(percentile(sorted, 100)).toBe(200);
});

test('refuses to answer without a value', () => {
  expect(() => median([])).toThrow(RangeError);
  expect(() => percentile([], 50)).toThrow(RangeError);
});
