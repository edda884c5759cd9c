import { expect, test } from 'vitest';
import { parseJsonArguments, parseToolArguments } from './tool-arguments.ts';

const target = {
  name: 'data__query_database',
  inputSchema: {
    type: 'object',
    properties: {
      sql: { type: 'string' },
      max_rows: { type: 'integer' },
      ratio: { type: 'number' },
      dry_run: { type: 'boolean' },
      params: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
      uris: { type: 'array', items: { type: 'string' } },
      filter: { type: 'object' },
      scalar: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }] },
    },
  },
};

test('reads each value by the type of its field', () => {
  const words = ['sql=select 1 = 1', 'max_rows=5', 'ratio=-0.5', 'dry_run=false', 'filter={"a":1}'];

  expect(parseToolArguments(words, target)).toEqual({
    sql: 'select 1 = 1',
    max_rows: 5,
    ratio: -0.5,
    dry_run: false,
    filter: { a: 1 },
  });
});

test('leaves text alone that looks like something else', () => {
  expect(parseToolArguments(['sql=42'], target)).toEqual({ sql: '42' });
  expect(parseToolArguments(['sql='], target)).toEqual({ sql: '' });
});

test('takes a list as JSON, as one item, or as the field given several times', () => {
  expect(parseToolArguments(['params=[1,"a"]'], target)).toEqual({ params: [1, 'a'] });
  expect(parseToolArguments(['uris=file:a'], target)).toEqual({ uris: ['file:a'] });
  expect(parseToolArguments(['params=1', 'params=a'], target)).toEqual({ params: [1, 'a'] });
});

test('reads a field of several types as JSON where it is JSON, else as text', () => {
  expect(parseToolArguments(['scalar=1'], target)).toEqual({ scalar: 1 });
  expect(parseToolArguments(['scalar=null'], target)).toEqual({ scalar: null });
  expect(parseToolArguments(['scalar=one'], target)).toEqual({ scalar: 'one' });
});

test.for([
  ['max_rows=5.5', 'max_rows=5.5 is not a whole number.'],
  ['ratio=much', 'ratio=much is not a number.'],
  ['dry_run=no', 'dry_run=no is not true or false.'],
  ['filter=[1]', 'filter=[1] is not a JSON object.'],
  ['sql', '"sql" is not field=value.'],
] as const)('refuses %s', ([word, message]) => {
  expect(() => parseToolArguments([word], target)).toThrow(
    expect.objectContaining({ exitCode: 1, message, fix: 'fairlead tools show data__query_database' }),
  );
});

test('refuses an unknown field and names the known ones', () => {
  expect(() => parseToolArguments(['query=x'], target)).toThrow(/has no field "query" \(fields: sql, max_rows, /);
});

test('refuses --args that is no JSON object', () => {
  expect(parseJsonArguments('{"a":[1]}')).toEqual({ a: [1] });
  expect(() => parseJsonArguments('[1]')).toThrow('--args is not a JSON object.');
  expect(() => parseJsonArguments('{a:1}')).toThrow('--args is not a JSON object.');
});
