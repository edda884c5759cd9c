import { principal } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { localPrincipal } from './local-principal.ts';
import { compilePermissionMatcher } from './permission-matcher.ts';

test('01 §6 is the owner of the process and may do everything', () => {
  const local = localPrincipal();

  expect(principal.parse(local)).toMatchObject({ sub: 'local', via: 'local' });
  expect(compilePermissionMatcher(local.allow, local.deny)('data:write')).toBe(true);
});
