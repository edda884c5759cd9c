import { expect, test } from 'vitest';
import { writeCsv } from './csv.ts';

test('quotes what CSV must quote, and tells null from empty text', () => {
  const columns = [{ name: 'a' }, { name: 'b,c' }];

  expect(
    writeCsv(columns, [
      ['x', null],
      ['', 'say "hi"'],
      ['two\nlines', 1],
      [true, '1,5'],
    ]),
  ).toBe(['a,"b,c"', 'x,', '"","say ""hi"""', '"two\nlines",1', 'true,"1,5"'].join('\n'));
});

test('shows 50 rows and counts the rest', () => {
  const rows = Array.from({ length: 53 }, (_, index) => [index]);
  const lines = writeCsv([{ name: 'n' }], rows).split('\n');

  expect(lines).toHaveLength(52);
  expect(lines.at(-1)).toBe('... and 3 more rows in structuredContent');
  expect(writeCsv([{ name: 'n' }], rows.slice(0, 50)).split('\n')).toHaveLength(51);
});
