import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseUniqueJson } from './parse-unique-json.ts';

test.for([
  '{"a":1,"a":2}',
  '{"sub":"x","\\u0073ub":"y"}',
  '{"a":{"b":1,"b":2}}',
  '{"a":[{"b":1},{"b":1,"c":{},"b":2}]}',
  '{"a":{"b":1},"a" : 2}',
  '{"":1,"":2}',
  '{"\\"}":1,"\\"}":2}',
])('N11 refuses the doubled key in %s', (text) => {
  expect(JSON.parse(text)).toBeTypeOf('object');
  expect(parseUniqueJson(text)).toBeUndefined();
});

test.for([
  '{}',
  '{"a":1,"A":2}',
  '{"a":{"a":{"a":1}}}',
  '{"a":[{"b":1},{"b":2}]}',
  '{"a":"a","b":"a: b","c":"{\\"a\\":1}"}',
  '{"a":"\\\\","b":"\\""}',
])('reads %s', (text) => {
  expect(parseUniqueJson(text)).toEqual(JSON.parse(text));
});

test.for(['', '[]', 'null', '1', '"a"', '{', '{"a":1}}', '{a:1}'])('refuses %j, which is no object', (text) => {
  expect(parseUniqueJson(text)).toBeUndefined();
});

test('keeps a __proto__ key as data', () => {
  const parsed = parseUniqueJson('{"__proto__":{"sub":"admin"}}');

  expect(parsed?.['sub']).toBeUndefined();
});

test('reads every object that JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value);
      expect(parseUniqueJson(text)).toEqual(JSON.parse(text));
    }),
    { numRuns: 200 },
  );
});

test('refuses every object with one key written twice, wherever it stands', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (value, pick) => {
      const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`);
      const twice = [...entries, entries[pick % entries.length]].join(',');

      expect(parseUniqueJson(`{"wrap":[{${twice}}]}`)).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});
