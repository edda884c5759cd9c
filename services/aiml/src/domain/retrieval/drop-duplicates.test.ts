import { expect, test } from 'vitest';
import { rankedPassage } from '../../../test/parts/ranked-passage.ts';
import { dropDuplicates } from './drop-duplicates.ts';

const words = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => `word${index + from}`).join(' ');

test('keeps the best of equal passages and notes what it stands for', () => {
  const kept = dropDuplicates(
    [
      rankedPassage({ id: 1, text: 'same', hash: 'h' }),
      rankedPassage({ id: 2, documentId: 'd2', text: 'same', hash: 'h' }),
    ],
    10,
  );

  expect(kept).toHaveLength(1);
  expect(kept[0]?.absorbed).toEqual([{ id: 'd2#2', reason: 'same text' }]);
});

test('drops what is nearly the same, and keeps what only shares a part', () => {
  const long = words(200);
  const kept = dropDuplicates(
    [
      rankedPassage({ id: 1, text: long }),
      rankedPassage({ id: 2, text: `${long} end` }),
      rankedPassage({ id: 3, text: words(200, 100) }),
    ],
    10,
  );

  expect(kept.map(({ id }) => id)).toEqual([1, 3]);
  expect(kept[0]?.absorbed).toEqual([{ id: 'd1#2', reason: 'nearly the same text' }]);
});

test('stops when it has as many as were asked for', () => {
  expect(
    dropDuplicates(
      [1, 2, 3].map((id) => rankedPassage({ id, text: words(9, id * 50) })),
      2,
    ).map(({ id }) => id),
  ).toEqual([1, 2]);
});
