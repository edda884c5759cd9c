import { expect, test } from 'vitest';
import { lexicalRerank } from './lexical-rerank.ts';

const filler = Array.from({ length: 40 }, (_, index) => `filler${index}`);
const scoresOf = (...inputs: { headingTerms?: string[]; textTerms: string[] }[]): readonly number[] =>
  lexicalRerank(
    ['rotate', 'key'],
    inputs.map(({ headingTerms = [], textTerms }) => ({ headingTerms, textTerms })),
  );

test('puts more of the words first', () => {
  const [both = 0, one = 0, none = 0] = scoresOf(
    { textTerms: ['rotate', ...filler, 'key'] },
    { textTerms: ['key', ...filler] },
    { textTerms: filler },
  );

  expect(both).toBeGreaterThan(one);
  expect(one).toBeGreaterThan(none);
});

test('puts words that stand together before words that stand apart', () => {
  const [apart = 0, together = 0] = scoresOf(
    { textTerms: ['rotate', ...filler, 'key'] },
    { textTerms: [...filler, 'rotate', 'key'] },
  );

  expect(together).toBeGreaterThan(apart);
});

test('counts words of the headings', () => {
  const [without = 0, withHeading = 0] = scoresOf(
    { textTerms: ['key', ...filler] },
    { headingTerms: ['rotate'], textTerms: ['key', ...filler] },
  );

  expect(withHeading).toBeGreaterThan(without);
});

test('stands no passages and no words', () => {
  expect(lexicalRerank([], [{ headingTerms: [], textTerms: filler }])).toEqual([0]);
  expect(lexicalRerank(['key'], [])).toEqual([]);
});
