import { expect, test } from 'vitest';
import { compilePermissionMatcher } from './permission-matcher.ts';

test('holds what is allowed by name or glob, and nothing else', () => {
  const permits = compilePermissionMatcher(['data:read', 'tool:github__search_*'], []);

  expect(permits('data:read')).toBe(true);
  expect(permits('tool:github__search_code')).toBe(true);
  expect(permits('data:write')).toBe(false);
  expect(permits('tool:github__create_issue')).toBe(false);
});

test.for([
  [['*'], ['data:write']],
  [['data:write'], ['data:*']],
  [['data:write'], ['*']],
] as const)('G-35 deny beats allow: %j minus %j', ([allow, deny]) => {
  expect(compilePermissionMatcher(allow, deny)('data:write')).toBe(false);
});

test('holds nothing without an allow', () => {
  expect(compilePermissionMatcher([], [])('data:read')).toBe(false);
});
