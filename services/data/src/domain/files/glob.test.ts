import { expect, test } from 'vitest';
import { compileGlob } from './glob.ts';

const matches = (glob: string, path: string) => compileGlob(glob)(path.split('/'));

test.each([
  ['*.md', 'a/b/c.md', true],
  ['*.md', 'c.md', true],
  ['guides/*.md', 'guides/a.md', true],
  ['guides/*.md', 'guides/a/b.md', false],
  ['guides/**', 'guides/a/b.md', true],
  ['guides/**', 'guides', false],
  ['guides/**/*.md', 'guides/b.md', true],
  ['**/b/**/d', 'a/b/c/c/d', true],
  ['**/**/d', 'd', true],
  ['a/**/**/b', 'a/b', true],
  ['*.{md,txt}', 'x.txt', true],
  ['{a,b}/*.md', 'b/x.md', true],
  ['./a.md', 'a.md', false],
  ['a..b', 'a..b', true],
  ['(draft) x.md', '(draft) x.md', true],
])('%j against %j is %j', (glob, path, expected) => {
  expect(matches(glob, path)).toBe(expected);
});

test.each([
  ['/etc/*', 1],
  ['a/../b', 3],
  ['a\0b', 2],
  ['[a', 1],
  ['@(a|b)', 1],
  ['x'.repeat(1_001), 1_001],
  ['\ud800', 1],
])('refuses pattern %#, and says at which character', (glob, position) => {
  expect(() => compileGlob(glob)).toThrow(
    expect.objectContaining({ code: 'FILE_PATTERN_INVALID', details: { position } }),
  );
});

test('matches a path against many folders in a time that does not explode', () => {
  const deep = Array.from({ length: 200 }, () => 'a');

  expect(compileGlob(`${'**/a/'.repeat(100)}b`)(deep)).toBe(false);
});
