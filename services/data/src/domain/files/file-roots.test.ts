import { expect, test } from 'vitest';
import { parseFileRoots } from './file-roots.ts';

test('reads a list of roots; a path may hold an equals sign', () => {
  expect(parseFileRoots('docs=./docs, data_2=/srv/a=b')).toEqual([
    { id: 'docs', path: './docs' },
    { id: 'data_2', path: '/srv/a=b' },
  ]);
});

test.each(['docs', '=x', 'Docs=/x', 'docs=', 'docs=/a,,x=/b'])('refuses %j and shows the form', (text) => {
  expect(() => parseFileRoots(text)).toThrow('such as docs=./docs');
});

test('refuses an id that is there twice', () => {
  expect(() => parseFileRoots('a=/x,a=/y')).toThrow('the root a is there twice');
});
