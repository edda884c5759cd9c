import type { Principal } from '@fairlead/contracts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { principalKey } from './principal-key.ts';

const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\\', '\n', '['), minLength: 1, maxLength: 4 });
const who = fc.record({ sub: text, issuer: text, tenant: text, keyId: text });
const fields = ['sub', 'issuer', 'tenant', 'keyId'] as const;

function toPrincipal(parts: { sub: string; issuer: string; tenant: string; keyId: string }): Principal {
  return { ...parts, roles: [], allow: [], deny: [], via: 'jwt' };
}

// N05: handles are bound to this key; two callers that share one could use each other's.
test('N05 is the same for two principals only when sub, issuer, tenant and key id are', () => {
  fc.assert(
    fc.property(who, who, (first, second) => {
      const isSame = fields.every((field) => first[field] === second[field]);

      expect(principalKey(toPrincipal(first)) === principalKey(toPrincipal(second))).toBe(isSame);
    }),
    { numRuns: 500 },
  );
});

test('does not depend on roles, which may change while a handle is open', () => {
  const base: Principal = { sub: 'ada', roles: ['viewer'], allow: ['data:read'], deny: [], via: 'key' };

  expect(principalKey({ ...base, roles: ['analyst'], allow: ['*'] })).toBe(principalKey(base));
});
