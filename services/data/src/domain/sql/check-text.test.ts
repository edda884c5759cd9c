import { expect, test } from 'vitest';
import { checkText, statementBytesMax } from './check-text.ts';

test.each([
  ['select 1 \0; drop table x', 'SQL_SYNTAX'],
  ["select '\ud800'", 'SQL_SYNTAX'],
  ["select '\udc00\ud800'", 'SQL_SYNTAX'],
  ['', 'SQL_SYNTAX'],
  [' \n\t ', 'SQL_SYNTAX'],
  ['x'.repeat(statementBytesMax + 1), 'SQL_TOO_COMPLEX'],
  ['é'.repeat(statementBytesMax / 2 + 1), 'SQL_TOO_COMPLEX'],
])('refuses text that the parser could read otherwise (case %#)', (sql, code) => {
  expect(() => checkText(sql)).toThrow(expect.objectContaining({ code }));
});

test('takes text up to the limit, and every character that is whole', () => {
  expect(() => checkText('x'.repeat(statementBytesMax))).not.toThrow();
  expect(() => checkText("select '👩‍🔬', 'ÿ'")).not.toThrow();
});
