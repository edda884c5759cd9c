import { expect, test } from 'vitest';
import { expandBraces } from './expand-braces.ts';

test.each([
  ['*.md', ['*.md']],
  ['*.{md,txt}', ['*.md', '*.txt']],
  ['{a,b}/{c,d}', ['a/c', 'a/d', 'b/c', 'b/d']],
  ['{a,{b,c}d}', ['a', 'bd', 'cd']],
  ['a{,b}', ['a', 'ab']],
  ['{a}', ['{a}']],
  ['{a,b', ['{a,b']],
  ['a},b{', ['a},b{']],
  [String.raw`\{a,b}`, [String.raw`\{a,b}`]],
  ['{}', ['{}']],
])('writes out %j', (pattern, patterns) => {
  expect(expandBraces(pattern)).toEqual(patterns);
});

// 06 S-40: 2^30 patterns would be made before they could be counted.
test('stops at 32 alternatives, also when groups multiply', () => {
  expect(expandBraces(`{${Array.from({ length: 32 }, (_, index) => index).join(',')}}`)).toHaveLength(32);
  expect(() => expandBraces('{a,b}'.repeat(30))).toThrow('more than 32');
  expect(() => expandBraces(`{${Array.from({ length: 33 }, (_, index) => index).join(',')}}`)).toThrow('more than 32');
});
