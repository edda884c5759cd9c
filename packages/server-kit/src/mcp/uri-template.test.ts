import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileUriTemplate } from './uri-template.ts';

test('matches a fixed URI and nothing else', () => {
  const template = compileUriTemplate('notes://list');

  expect(template.match('notes://list')).toEqual({});
  expect(template.match('notes://lists')).toBeUndefined();
});

test('reads simple variables, percent-decoded once', () => {
  const template = compileUriTemplate('db://{database}/{schema}/{table}');

  expect(template.variables).toEqual(['database', 'schema', 'table']);
  // %252F is an encoded %2F: decoding twice would turn it into a slash (06 S-32).
  expect(template.match('db://main/public/a%252Fb')).toEqual({ database: 'main', schema: 'public', table: 'a%2Fb' });
});

test('keeps slashes out of simple variables and lets rest variables take them', () => {
  expect(compileUriTemplate('db://{database}').match('db://main/public')).toBeUndefined();
  expect(compileUriTemplate('file:///{root}/{+path}').match('file:///docs/a/b.md')).toEqual({
    root: 'docs',
    path: 'a/b.md',
  });
});

test('refuses an empty value and a broken percent sign', () => {
  const template = compileUriTemplate('db://{database}/{schema}');

  expect(template.match('db:///public')).toBeUndefined();
  expect(template.match('db://main/%zz')).toBeUndefined();
});

test('refuses templates that cannot be matched for sure', () => {
  expect(() => compileUriTemplate('x://{a}{b}')).toThrow('need text between them');
  expect(() => compileUriTemplate('x://{?query}')).toThrow('neither {name} nor {+name}');
});

test('property: an encoded value comes back as it was', () => {
  const template = compileUriTemplate('test://{value}/end');

  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (value) => {
      const uri = `test://${encodeURIComponent(value)}/end`;
      expect(template.match(uri)).toEqual({ value });
    }),
  );
});
