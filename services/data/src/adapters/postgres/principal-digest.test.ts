import type { Principal } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { principalDigest } from './principal-digest.ts';

const ana: Principal = { sub: 'ana', roles: [], allow: [], deny: [], via: 'key' };

test('is twelve hex digits, the same for the same principal', () => {
  expect(principalDigest(ana)).toMatch(/^[0-9a-f]{12}$/);
  expect(principalDigest({ ...ana, roles: ['other'] })).toBe(principalDigest(ana));
});

test('tells principals apart by tenant, issuer and name', () => {
  const digests = [ana, { ...ana, sub: 'bo' }, { ...ana, tenant: 't' }, { ...ana, issuer: 't' }].map(principalDigest);

  expect(new Set(digests).size).toBe(4);
});
