import { expect, test } from 'vitest';
import { comparePaths } from './compare-paths.ts';

test('orders as a walk meets the paths: a folder before what it holds, whatever characters follow in other names', () => {
  const paths = ['b', 'a/b', 'a', 'a.b', 'a/a', 'a-b', 'B'].map((path) => path.split('/'));

  expect(paths.toSorted(comparePaths).map((path) => path.join('/'))).toEqual([
    'B',
    'a',
    'a/a',
    'a/b',
    'a-b',
    'a.b',
    'b',
  ]);
});
