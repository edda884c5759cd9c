import { expect, test } from 'vitest';
import { cutPassages } from './cut-passages.ts';

const sentence = 'This sentence has fifty characters, or nearly so. ';

test('keeps all when all fit', () => {
  expect(cutPassages([{ text: 'a' }, { text: 'b' }], 200)).toEqual({
    passages: [{ text: 'a' }, { text: 'b' }],
    isCut: false,
  });
});

test('cuts the last one after a sentence', () => {
  const { passages, isCut } = cutPassages([{ text: sentence.repeat(2) }, { text: sentence.repeat(10) }], 270);

  expect(isCut).toBe(true);
  expect(passages[1]?.text).toBe(sentence.repeat(3).trim());
});

test('leaves a rest out that would say nothing', () => {
  expect(cutPassages([{ text: 'x'.repeat(150) }, { text: sentence.repeat(10) }], 200).passages).toHaveLength(1);
});

test('keeps at least one, and never half a character', () => {
  const { passages } = cutPassages([{ text: '\u{1F600}'.repeat(300) }], 201);

  expect(passages[0]?.text).toBe('\u{1F600}'.repeat(100));
});
