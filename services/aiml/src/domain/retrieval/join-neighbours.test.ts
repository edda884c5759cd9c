import { expect, test } from 'vitest';
import { rankedPassage } from '../../../test/parts/ranked-passage.ts';
import { documentsWithNeighbours, joinNeighbours } from './join-neighbours.ts';

const text = 'First part.\n\nSecond part.\n\nThird part.';
const first = rankedPassage({ id: 1, ordinal: 0, start: 0, text: 'First part.', lineStart: 1, lineEnd: 1 });
const second = rankedPassage({
  id: 2,
  ordinal: 1,
  start: 13,
  text: 'Second part.',
  lineStart: 3,
  lineEnd: 3,
  score: 2,
});
const third = rankedPassage({ id: 3, ordinal: 2, start: 27, text: 'Third part.', lineStart: 5, lineEnd: 5 });
const other = rankedPassage({ id: 4, ordinal: 1, documentId: 'd2' });
const readSpan = (_passage: object, start: number, end: number): string => text.slice(start, end);

test('joins passages that follow each other, where the best of them stood', () => {
  const joined = joinNeighbours([second, other, first], readSpan);

  expect(
    joined.map(({ id, text: own, lineStart, lineEnd, score }) => ({ id, own, lineStart, lineEnd, score })),
  ).toEqual([
    { id: 2, own: 'First part.\n\nSecond part.', lineStart: 1, lineEnd: 3, score: 2 },
    { id: 4, own: 'text of passage 4', lineStart: 1, lineEnd: 1, score: 1 },
  ]);
  expect(joined[0]?.absorbed).toEqual([{ id: 'd1#0', reason: 'joined with its neighbour' }]);
});

test('leaves passages apart between which one is missing', () => {
  expect(joinNeighbours([first, third], readSpan)).toEqual([first, third]);
});

test('leaves passages apart when their document has just changed', () => {
  expect(joinNeighbours([first, second], () => undefined)).toEqual([first, second]);
});

test('does not join past 4,000 characters', () => {
  const long = [0, 1, 2].map((ordinal) =>
    rankedPassage({ id: ordinal, ordinal, start: ordinal * 2_000, text: 'x'.repeat(1_990) }),
  );

  expect(joinNeighbours(long, () => 'joined').map(({ text: own }) => own)).toEqual(['joined', 'x'.repeat(1_990)]);
});

test('names only documents whose text is needed', () => {
  expect(documentsWithNeighbours([first, second, other])).toEqual([{ collection: 'docs', documentId: 'd1' }]);
});
