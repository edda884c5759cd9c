import { expect, test } from 'vitest';
import type { Cell } from './row-page.ts';
import { RowTaker, type RowTakerOptions } from './row-taker.ts';

const defaults: RowTakerOptions = { skip: 0, rowsMax: 3, bytesMax: 1_000, cellBytesMax: 100 };
const numbers = (from: number, to: number): Cell[][] =>
  Array.from({ length: to - from + 1 }, (_, index) => [from + index]);

function take(options: Partial<RowTakerOptions>, rows: readonly Cell[][]) {
  const taker = new RowTaker({ ...defaults, ...options });
  taker.push(rows);
  return { ...taker.finish(), wanted: taker.wanted };
}

test('takes all rows when they fit exactly, and wants one more to know that', () => {
  expect(take({}, numbers(1, 3))).toEqual({ rows: [[1], [2], [3]], cutBy: undefined, cellsCut: 0, wanted: 1 });
});

test('stops at the row limit and wants nothing more', () => {
  expect(take({}, numbers(1, 4))).toMatchObject({ rows: [[1], [2], [3]], cutBy: 'rows', wanted: 0 });
});

test('passes over the rows of the pages before', () => {
  expect(take({ skip: 2 }, numbers(1, 6))).toMatchObject({ rows: [[3], [4], [5]], cutBy: 'rows' });
});

test('counts over batches', () => {
  const taker = new RowTaker({ ...defaults, skip: 1 });
  taker.push(numbers(1, 2));
  expect(taker.wanted).toBe(3);
  taker.push(numbers(3, 5));

  expect(taker.finish().rows).toEqual([[2], [3], [4]]);
});

test('stops before the row that would exceed the byte limit, but keeps at least one', () => {
  expect(take({ bytesMax: 20 }, [['0123456789'], ['0123456789'], ['x']])).toMatchObject({
    rows: [['0123456789'], ['0123456789']],
    cutBy: 'bytes',
  });
  expect(take({ bytesMax: 5 }, [['0123456789'], ['x']])).toMatchObject({ rows: [['0123456789']], cutBy: 'bytes' });
});

test('cuts a long value at whole characters and says how many are missing', () => {
  expect(take({ cellBytesMax: 5 }, [['abcdefgh', 'ééé', '👩👩', null, 1]])).toMatchObject({
    rows: [['abcde[+3 chars]', 'éé[+1 chars]', '👩[+2 chars]', null, 1]],
    cellsCut: 3,
  });
});

test('leaves a value of exactly the limit whole', () => {
  expect(take({ cellBytesMax: 6 }, [['ééé', 'abcdef']])).toMatchObject({ rows: [['ééé', 'abcdef']], cellsCut: 0 });
});

test('does not count cuts in a row that it drops', () => {
  expect(take({ bytesMax: 30, cellBytesMax: 20 }, [['x'.repeat(20)], ['y'.repeat(30)]])).toMatchObject({
    cellsCut: 0,
    cutBy: 'bytes',
  });
});
