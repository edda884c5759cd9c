import { expect, test } from 'vitest';
import { normaliseText } from './normalise-text.ts';

test('brings line ends, byte order mark and composition into one form', () => {
  expect(normaliseText('\uFEFFa\r\nb\rc\u0065\u0301')).toBe('a\nb\nc\u00E9');
});

test('drops NUL and other control characters, and keeps tab and newline', () => {
  expect(normaliseText('a\u0000b\u001B[31mc\td\n\u0085e')).toBe('ab[31mc\td\ne');
});

test('replaces half a surrogate pair and keeps a whole one', () => {
  expect(normaliseText('x\uD83Dy \u{1F600}')).toBe('x\uFFFDy \u{1F600}');
});
