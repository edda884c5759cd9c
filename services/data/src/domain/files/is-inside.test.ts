import { expect, test } from 'vitest';
import { isInside } from './is-inside.ts';

test('takes the folder itself and what lies below it', () => {
  expect(isInside('/data', '/data')).toBe(true);
  expect(isInside('/data', '/data/a')).toBe(true);
  expect(isInside('/', '/etc')).toBe(true);
});

// CVE-2025-53110.
test('does not take a folder whose name only begins alike', () => {
  expect(isInside('/data', '/data_old/a')).toBe(false);
  expect(isInside('/data', '/dat')).toBe(false);
  expect(isInside('/data/a', '/data')).toBe(false);
});
