import { expect, test } from 'vitest';
import { parseIgnoreFile } from './ignore-rules.ts';

const rules = parseIgnoreFile(
  [
    '# a comment',
    '',
    '*.log',
    '!keep.log',
    'build/',
    '/top',
    'a/**/z',
    String.raw`\#odd`,
    'trailing   ',
    'bad[',
    '!',
    '/',
  ].join('\n'),
);
const decide = (path: string, isFolder = false) => rules(path.split('/'), isFolder);

test.each([
  ['x.log', true],
  ['deep/x.log', true],
  ['keep.log', false],
  ['deep/keep.log', false],
  ['top', true],
  ['deep/top', undefined],
  ['a/z', true],
  ['a/b/c/z', true],
  ['#odd', true],
  ['trailing', true],
  ['other', undefined],
])('says of %j: %j', (path, decision) => {
  expect(decide(path)).toBe(decision);
});

test('takes a pattern with a slash at its end for folders only', () => {
  expect(decide('build', true)).toBe(true);
  expect(decide('src/build', true)).toBe(true);
  expect(decide('build')).toBeUndefined();
});
