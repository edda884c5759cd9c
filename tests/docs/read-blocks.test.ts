import { expect, test } from 'vitest';
import { readBlocks } from './read-blocks.ts';

test('reads language, marks, text and line of each block', () => {
  const markdown = [
    '# Title',
    '```sh run exit=6',
    'a',
    '',
    'b',
    '```',
    'text',
    '```ts file=src/a=b.ts',
    'c',
    '```',
    '```',
    'd',
    '```',
  ];

  const blocks = readBlocks(markdown.join('\n'));

  expect(blocks.map(({ marks, ...rest }) => ({ ...rest, marks: Object.fromEntries(marks) }))).toEqual([
    { language: 'sh', marks: { run: '', exit: '6' }, text: 'a\n\nb', line: 2 },
    { language: 'ts', marks: { file: 'src/a=b.ts' }, text: 'c', line: 8 },
    { language: '', marks: {}, text: 'd', line: 11 },
  ]);
});

test('a block without an end is an error that names its line', () => {
  expect(() => readBlocks('text\n```sh run\nls')).toThrow('line 2');
});
