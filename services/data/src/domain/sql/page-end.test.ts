import { expect, test } from 'vitest';
import { pageEnd, type PageEndOptions } from './page-end.ts';

const options: PageEndOptions = { skip: 0, isOrdered: true, pageOffsetMax: 10, cellBytesMax: 64 };
const rows = [[1], [2], [3]];

test('says nothing at the end of the result', () => {
  expect(pageEnd({ rows, cutBy: undefined, cellsCut: 0 }, options)).toEqual({
    cutBy: undefined,
    nextSkip: undefined,
    notice: undefined,
  });
});

test('leads on behind the rows that were given, when the statement has an order', () => {
  expect(pageEnd({ rows, cutBy: 'rows', cellsCut: 0 }, { ...options, skip: 7 })).toMatchObject({
    cutBy: 'rows',
    nextSkip: 10,
  });
});

test('asks for ORDER BY when there is none', () => {
  const end = pageEnd({ rows, cutBy: 'bytes', cellsCut: 0 }, { ...options, isOrdered: false });

  expect(end).toMatchObject({ cutBy: 'bytes', nextSkip: undefined });
  expect(end.notice).toContain('add ORDER BY');
});

test('leads no further than the operator allows', () => {
  const end = pageEnd({ rows, cutBy: 'rows', cellsCut: 0 }, { ...options, skip: 8 });

  expect(end.nextSkip).toBeUndefined();
  expect(end.notice).toContain('pages end after 10');
});

test('tells of cut values, beside cut rows too', () => {
  expect(pageEnd({ rows, cutBy: undefined, cellsCut: 1 }, options)).toMatchObject({
    cutBy: 'chars',
    notice: expect.stringContaining('1 value was cut at 64 bytes'),
  });
  expect(pageEnd({ rows, cutBy: 'rows', cellsCut: 2 }, options).notice).toMatch(/next_cursor.*2 values were cut/);
});
