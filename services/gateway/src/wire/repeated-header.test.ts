import { expect, test } from 'vitest';
import { isRepeated } from './repeated-header.ts';

test('sees a header that came twice, in any case', () => {
  expect(isRepeated(['Host', 'a', 'Accept', '*/*', 'HOST', 'b'], 'host')).toBe(true);
  expect(isRepeated(['Host', 'a', 'X-Host', 'host'], 'host')).toBe(false);
});
