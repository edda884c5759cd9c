import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuseScores } from './fuse-scores.ts';

test('lets the vector leg decide between equal keyword scores', () => {
  const fused = fuseScores(
    [
      { id: 1, keyword: 5, vector: 0.1 },
      { id: 2, keyword: 5, vector: 0.9 },
      { id: 3, keyword: 1, vector: 0.5 },
    ],
    0.3,
  );

  expect(fused.map(({ id }) => id)).toEqual([2, 1, 3]);
});

test('takes a leg that did not find a candidate as zero', () => {
  expect(
    fuseScores(
      [
        { id: 1, vector: 0.9 },
        { id: 2, keyword: 7, vector: 0.2 },
      ],
      0.3,
    )[0]?.id,
  ).toBe(2);
});

test('gives equal candidates equal scores, in the order of their ids', () => {
  const fused = fuseScores(
    [
      { id: 9, keyword: 2 },
      { id: 4, keyword: 2 },
    ],
    0.3,
  );

  expect(fused.map(({ id, score }) => [id, score])).toEqual([
    [4, 0],
    [9, 0],
  ]);
});

const candidates = fc.uniqueArray(
  fc.record({
    id: fc.nat(),
    keyword: fc.option(fc.double({ min: 0, max: 50, noNaN: true }), { nil: undefined }),
    vector: fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: undefined }),
  }),
  { selector: ({ id }) => id, maxLength: 40 },
);

test('does not depend on the order of the candidates', () => {
  fc.assert(
    fc.property(candidates, (list) => {
      expect(fuseScores(list.toReversed(), 0.3)).toEqual(fuseScores(list, 0.3));
    }),
    { numRuns: 200 },
  );
});
