import { expect, test } from 'vitest';
import { planSync } from './plan-sync.ts';

const stored = ['a', 'b', 'c', 'd', 'e'];

test('deletes what is no longer listed, up to a fifth of the source', () => {
  expect(planSync(stored, new Set(['a', 'b', 'c', 'd', 'new']), false)).toEqual({ kind: 'ok', unlisted: ['e'] });
});

test('refuses more than a fifth, unless told to (07 A-12)', () => {
  expect(planSync(stored, new Set(['a', 'b', 'c']), false)).toEqual({ kind: 'too-large', unlisted: 2, stored: 5 });
  expect(planSync(stored, new Set(['a', 'b', 'c']), true)).toEqual({ kind: 'ok', unlisted: ['d', 'e'] });
});

test('has nothing to delete from a source that is new', () => {
  expect(planSync([], new Set(['a']), false)).toEqual({ kind: 'ok', unlisted: [] });
});
