import { expect, test } from 'vitest';
import { documentFields } from './document-fields.ts';

test('takes declared values in the form in which they are compared, and leaves the rest', () => {
  expect(
    documentFields(
      { team: 'ops', draft: true, at: '1970-01-01T00:00:01Z', note: 'x' },
      { team: 'keyword', draft: 'bool', at: 'datetime', year: 'integer' },
    ),
  ).toEqual({
    kind: 'fields',
    values: { team: 'ops', draft: 1, at: 1_000 },
  });
});

test('names a value that is not of its declared type', () => {
  expect(documentFields({ year: 20.5 }, { year: 'integer' })).toEqual({
    kind: 'mismatch',
    field: 'year',
    expected: 'a whole number',
  });
});
