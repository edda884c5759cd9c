import { expect, test } from 'vitest';
import { rankedPassage } from '../../../test/parts/ranked-passage.ts';
import { citationOf } from './citation.ts';
import { selectLines } from './select-lines.ts';

test('names the exact lines, also of a passage that was cut', () => {
  const passage = rankedPassage({ id: 7, text: 'two\nlines', start: 100, end: 200, lineStart: 40, lineEnd: 58 });

  expect(citationOf(passage, 0)).toMatchObject({
    key: 'c1',
    uri: 'doc://docs/d1#L40-L41',
    start: 100,
    end: 109,
    line_start: 40,
    line_end: 41,
    content_hash: 'c0',
  });
});

test('opens the lines that it names', () => {
  const text = 'one\ntwo\nthree\nfour';

  expect(selectLines(text, 'L2-L3')).toBe('two\nthree');
  expect(selectLines(text, 'L4')).toBe('four');
  expect(selectLines(text, undefined)).toBe(text);
});

test.each(['L0-L2', 'L3-L2', 'L9', 'lines', 'L1-L2-L3'])('answers undefined for the fragment %s', (fragment) => {
  expect(selectLines('one\ntwo\nthree', fragment)).toBeUndefined();
});
