import { expect, test } from 'vitest';
import { createAnalyser } from './analyser.ts';
import { stemWord } from './stem-word.ts';
import { stopWords } from './stop-words.ts';

const analyser = createAnalyser();

test('splits identifiers and keeps them whole too (07 A-17)', () => {
  expect(analyser.terms('HTTPServer max_rows_total abc123')).toEqual([
    'http',
    'server',
    'httpserver',
    'max',
    'row',
    'total',
    'max_rows_total',
    'abc',
    '123',
    'abc123',
  ]);
});

test('folds accents, compatibility forms and case', () => {
  expect(analyser.terms('CAF\u00C9 \uFF26\uFF55\uFF4C\uFF4C \u2460')).toEqual(['caf', 'full', '1']);
});

test('keeps words of other scripts', () => {
  expect(analyser.terms('\u65E5\u672C\u8A9E \u041F\u0440\u0438\u0432\u0435\u0442')).toEqual([
    '\u65E5\u672C\u8A9E',
    '\u043F\u0440\u0438\u0432\u0435\u0442',
  ]);
});

test.each([
  ['query', 'queries'],
  ['cache', 'caching'],
  ['run', 'running'],
  ['add', 'adding'],
  ['index', 'indexes'],
  ['database', 'databases'],
  ['user', "user's"],
  ['get', 'gets'],
])('finds "%s" by "%s"', (word, variant) => {
  expect(analyser.terms(variant)).toEqual(analyser.terms(word));
});

test.each(['class', 'status', 'analysis', 'string', 'need'])('leaves "%s" as it is', (word) => {
  expect(stemWord(word)).toBe(word);
});

test('knows forty stop words', () => {
  expect(stopWords.size).toBe(40);
});

test('drops stop words of a query, unless it holds nothing else (07 §15)', () => {
  expect(analyser.queryTerms('how is the key rotated, the key')).toEqual(['key', 'rotat']);
  expect(analyser.queryTerms('to be or')).toEqual(['to', 'be', 'or']);
  expect(analyser.queryTerms('!?')).toEqual([]);
});

test('bounds terms and query', () => {
  const [term] = analyser.terms('a'.repeat(1_000_000));
  const many = Array.from(
    { length: 500 },
    (_, index) => `word${String.fromCodePoint(97 + (index % 26))}${'x'.repeat(index % 40)}`,
  ).join(' ');

  expect(term).toHaveLength(64);
  expect(analyser.queryTerms(many)).toHaveLength(128);
});
