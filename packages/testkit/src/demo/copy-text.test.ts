import { expect, test } from 'vitest';
import { copyText } from './copy-text.ts';

test('writes values with tabs between and a line end', () => {
  expect(copyText([1, 'a b', true, null])).toBe('1\ta b\ttrue\t\\N\n');
});

test('escapes what would end a value or a row', () => {
  expect(copyText(['a\tb\nc\rd\\N'])).toBe('a\\tb\\nc\\rd\\\\N\n');
});
