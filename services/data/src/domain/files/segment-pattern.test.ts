import { expect, test } from 'vitest';
import { compileSegment } from './segment-pattern.ts';

const matches = (pattern: string, name: string) => compileSegment(pattern, { ignoreCase: false })(name);

test.each([
  ['a.md', 'a.md', true],
  ['a.md', 'a.mdx', false],
  ['*.md', 'a.md', true],
  ['*.md', '.md', true],
  ['*', '', true],
  ['a*', 'a', true],
  ['a*c*e', 'abcde', true],
  ['a*c*e', 'abcd', false],
  ['*ab', 'aab', true],
  ['?', 'é', true],
  ['?', '👩', true],
  ['??', '👩', false],
  ['[a-c]x', 'bx', true],
  ['[a-c]x', 'dx', false],
  ['[!a-c]x', 'dx', true],
  ['[^a-c]x', 'ax', false],
  ['[]x]', ']', true],
  ['[!]]', ']', false],
  ['[a-]', '-', true],
  ['[.]', '.', true],
  [String.raw`\*`, '*', true],
  [String.raw`\*`, 'a', false],
  [String.raw`a\b`, 'ab', true],
  ['.', 'x', false],
  ['a+', 'aa', false],
  ['**', 'anything', true],
])('%j against %j is %j', (pattern, name, expected) => {
  expect(matches(pattern, name)).toBe(expected);
});

test('compares without case when told so', () => {
  expect(compileSegment('*.PEM', { ignoreCase: true })('Key.pem')).toBe(true);
  expect(compileSegment('[A-C]', { ignoreCase: true })('b')).toBe(true);
});

test('says where a set without an end begins', () => {
  expect(() => compileSegment('ab[c', { ignoreCase: false })).toThrow(expect.objectContaining({ position: 3 }));
});

// As a regular expression this takes longer than the age of the earth.
test('answers a pattern made to be slow at once', () => {
  const slow = compileSegment(`${'*a'.repeat(60)}b`, { ignoreCase: false });

  expect(slow('a'.repeat(255))).toBe(false);
});
