import { expect, test } from 'vitest';
import { decideRepositoryRead, decideRepositoryWrite } from './repository-policy.ts';

const shop = { owner: 'acme', repo: 'shop' };

test.each([
  ['the repository itself', 'acme/shop', 'permitted'],
  ['every repository of its owner', 'acme/*', 'permitted'],
  ['every repository', '*', 'permitted'],
  ['the repository in other case, which GitHub ignores', 'ACME/Shop', 'permitted'],
  ['a repository whose name begins alike', 'acme/shop-old', 'unlisted'],
  ['an owner whose name begins alike', 'acm/*', 'unlisted'],
  ['the same name of another owner', 'evil/shop', 'unlisted'],
])('a list that names %s answers %s with %s', (_what, pattern, decision) => {
  expect(decideRepositoryRead({ readable: [pattern], writable: [] }, shop)).toBe(decision);
});

test('an owner pattern does not reach an owner whose name goes on', () => {
  expect(decideRepositoryRead({ readable: ['acme/*'], writable: [] }, { owner: 'acme-evil', repo: 'shop' })).toBe(
    'unlisted',
  );
});

// 05 T-08: an empty list means none, never all.
test('empty lists permit nothing and say that no list is set', () => {
  const policy = { readable: [], writable: [] };

  expect(decideRepositoryRead(policy, shop)).toBe('no_list');
  expect(decideRepositoryWrite(policy, shop)).toBe('no_list');
});

test('what may be changed may be read too', () => {
  const policy = { readable: [], writable: ['acme/shop'] };

  expect(decideRepositoryRead(policy, shop)).toBe('permitted');
  expect(decideRepositoryWrite(policy, shop)).toBe('permitted');
});

test('what may only be read may not be changed', () => {
  expect(decideRepositoryWrite({ readable: ['*'], writable: ['acme/handbook'] }, shop)).toBe('read_only');
});

test('what may not even be read is unlisted to a change', () => {
  expect(decideRepositoryWrite({ readable: ['acme/handbook'], writable: ['acme/handbook'] }, shop)).toBe('unlisted');
});
