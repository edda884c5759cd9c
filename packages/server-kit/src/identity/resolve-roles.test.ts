import { expect, test } from 'vitest';
import { resolveRoles } from './resolve-roles.ts';

const roles = {
  analyst: { allow: ['data:read', 'data:export'], deny: [] },
  viewer: { allow: ['data:read'], deny: ['data:export'] },
};

test('adds up what all roles allow and deny, each glob once', () => {
  expect(resolveRoles(roles, ['analyst', 'viewer'])).toEqual({
    allow: ['data:read', 'data:export'],
    deny: ['data:export'],
    unknown: [],
  });
});

test('gives nothing for names that no role has, and names them', () => {
  expect(resolveRoles(roles, ['admin', 'viewer'])).toMatchObject({ allow: ['data:read'], unknown: ['admin'] });
});

test.for(['constructor', '__proto__', 'toString'])('does not take the inherited property %s for a role', (name) => {
  expect(resolveRoles(roles, [name])).toEqual({ allow: [], deny: [], unknown: [name] });
});
