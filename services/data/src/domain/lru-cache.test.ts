import { expect, test } from 'vitest';
import { LruCache } from './lru-cache.ts';

test('drops what was not used for the longest time', () => {
  const cache = new LruCache<string, number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);

  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  expect(cache.size).toBe(2);
});

test('replaces the value of a key it has', () => {
  const cache = new LruCache<string, number>(1);
  cache.set('a', 1);
  cache.set('a', 2);

  expect(cache.get('a')).toBe(2);
  expect(cache.size).toBe(1);
});
