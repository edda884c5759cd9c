import { expect, test } from 'vitest';
import { commentCharactersMax } from './issue-budget.ts';

test.each([
  [0, 8_000],
  [1, 8_000],
  [3, 8_000],
  [20, 1_200],
  [100, 240],
])('%i comments in one answer get up to %i characters each', (comments, characters) => {
  expect(commentCharactersMax(comments)).toBe(characters);
});
