import { expect, test } from 'vitest';
import { isLikePattern } from './is-like-pattern.ts';
import { likePrefix } from './like-prefix.ts';
import { parseTableName } from './table-name.ts';
import { tableUri } from './table-uri.ts';

test('takes the characters of a prefix for themselves', () => {
  expect(likePrefix(String.raw`a%_\b`)).toBe(String.raw`a\%\_\\b%`);
  expect(likePrefix('')).toBe('%');
});

test('knows a LIKE pattern that ends in its escape', () => {
  expect([String.raw`a\\`, 'a', String.raw`\%`, ''].every(isLikePattern)).toBe(true);
  expect([String.raw`a\\`.slice(0, -1), String.raw`\\\ `.trim()].some(isLikePattern)).toBe(false);
});

test('splits a table name at its first dot', () => {
  expect(parseTableName('orders')).toEqual({ schema: undefined, table: 'orders' });
  expect(parseTableName('shop.a.b')).toEqual({ schema: 'shop', table: 'a.b' });
});

test('encodes names in a URI', () => {
  expect(tableUri({ database: 'main', schema: 'public', table: 'a/b c' })).toBe('db://main/public/a%2Fb%20c');
});
