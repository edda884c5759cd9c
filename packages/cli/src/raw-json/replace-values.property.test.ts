import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSpan } from './find-span.ts';
import { replaceValues } from './replace-values.ts';

const spaces = [undefined, 2, '\t'] as const;
const key = fc.string({ unit: 'grapheme' });

test('a value that is found is the value that JSON.parse finds there', () => {
  fc.assert(
    fc.property(fc.dictionary(key, fc.jsonValue()), fc.constantFrom(...spaces), (value, space) => {
      const text = JSON.stringify(value, undefined, space);

      for (const [name, member] of Object.entries(value)) {
        const span = findSpan(text, [name]);
        expect(span && JSON.parse(text.slice(span.start, span.end))).toEqual(JSON.parse(JSON.stringify(member)));
      }
    }),
  );
});

test('a replaced value changes nothing else, to the character', () => {
  fc.assert(
    fc.property(fc.dictionary(key, fc.jsonValue()), fc.jsonValue(), fc.constantFrom(...spaces), (params, id, space) => {
      const text = JSON.stringify(
        { before: params, id, params: { _meta: { progressToken: id }, params } },
        undefined,
        space,
      );
      const replaced = replaceValues(text, [
        { path: ['id'], json: '"new"' },
        { path: ['params', '_meta', 'progressToken'], json: '7' },
        { path: ['params', '_meta', 'absent'], json: '0' },
      ]);

      const back = replaceValues(replaced, [
        { path: ['params', '_meta', 'progressToken'], json: JSON.stringify(id, undefined, space) },
        { path: ['id'], json: JSON.stringify(id, undefined, space) },
      ]);
      expect(JSON.parse(replaced)).toEqual({
        ...JSON.parse(text),
        id: 'new',
        params: { _meta: { progressToken: 7 }, params: JSON.parse(text).params.params },
      });
      expect(JSON.parse(back)).toEqual(JSON.parse(text));
    }),
  );
});

test.for([
  ['{"id":1,"x":"\\"id\\":2"}', '{"id":9,"x":"\\"id\\":2"}'],
  ['{ "x" : {"id":1} , "id" : 12345678901234567890 }', '{ "x" : {"id":1} , "id" : 9 }'],
  ['{"x":[{"id":1},"]}"],"\\u0069d":"a\\\\"}', '{"x":[{"id":1},"]}"],"\\u0069d":9}'],
  ['[{"id":1}]', '[{"id":1}]'],
  ['{"x":1}', '{"x":1}'],
])('in %s only the outermost id is replaced', ([text, expected]) => {
  expect(replaceValues(text ?? '', [{ path: ['id'], json: '9' }])).toBe(expected);
});

test('a name that is there twice is refused, also in another spelling', () => {
  expect(() => findSpan('{"id":1,"\\u0069d":2}', ['id'])).toThrow('the member "id" is there twice');
});
