import { expect, test } from 'vitest';
import { compileGlob } from './glob.ts';

test.for([
  ['*', 'anything', true],
  ['*', '', true],
  ['data:*', 'data:read', true],
  ['data:*', 'data:', true],
  ['data:*', 'xdata:read', false],
  ['data:read', 'data:reader', false],
  ['DATA:*', 'data:read', false],
  ['tool:github__search_*', 'tool:github__search_code', true],
  ['tool:*__delete_*', 'tool:data__delete_rows', true],
  ['aba*aba', 'aba', false],
  ['aba*aba', 'abaaba', true],
  ['a.c', 'abc', false],
  ['**', 'x', true],
  ['a*b*c', 'a1b2b3c', true],
  ['a*bc*c', 'abc', false],
] as const)('G-35 %j against %j is %j', ([glob, text, expected]) => {
  expect(compileGlob(glob)(text)).toBe(expected);
});

// The same glob as a backtracking regular expression takes longer than the universe has.
test('N18 answers a glob of 200 stars over 10,000 letters at once', () => {
  const matches = compileGlob(`${'a*'.repeat(200)}b`);
  const startedMs = performance.now();

  expect(matches('a'.repeat(10_000))).toBe(false);

  expect(performance.now() - startedMs).toBeLessThan(50);
});
