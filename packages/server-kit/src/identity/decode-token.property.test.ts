import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeToken } from './decode-token.ts';

// S-03: nothing that a caller sends may throw.
test('S-03 answers any text without throwing', () => {
  const part = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      const decoded = decodeToken(parts.join('.'));
      expect(decoded === undefined || typeof decoded.claims === 'object').toBe(true);
    }),
    { numRuns: 10_000 },
  );
});
