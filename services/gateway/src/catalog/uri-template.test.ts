import { expect, test } from 'vitest';
import { compileUriTemplate } from './uri-template.ts';

test.each([
  ['db://{database}/{schema}/{table}', 'db://shop/public/orders', true],
  ['db://{database}/{schema}/{table}', 'db://shop/public', false],
  ['db://{database}', 'db://shop/public/orders', false],
  ['file:///{+path}', 'file:///a/b/c.txt', true],
  ['note://{id}/data', 'note://7/data', true],
  ['note://{id}/data', 'note://7/other', false],
  ['note://{id}/data', 'note:///data', false],
  ['note://fixed', 'note://fixed', true],
  ['note://fixed', 'note://fixed2', false],
  ['a{x', 'abc', true],
])('%s against %s: %s', (template, uri, matches) => {
  expect(compileUriTemplate(template).matches(uri)).toBe(matches);
});

test('matches in a time that does not grow with the number of ways to split a text', () => {
  const hostile = compileUriTemplate(`x:${'{a}a'.repeat(40)}`);
  const startedMs = performance.now();

  hostile.matches(`x:${'a'.repeat(10_000)}b`);

  // A backtracking matcher would need longer than the universe; the bound is a hang guard.
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});
