import { expect, test } from 'vitest';
import { cutText } from './cut-text.ts';

test('leaves a text of the longest length as it is', () => {
  expect(cutText('12345', 5)).toBe('12345');
});

test('cuts a longer text and says how much is left out', () => {
  expect(cutText('123456789', 5)).toBe('12345[+4 chars]');
});

test('does not split a character outside the basic plane', () => {
  expect(cutText('abcd\u{1F600}efg', 5)).toBe('abcd[+5 chars]');
});
