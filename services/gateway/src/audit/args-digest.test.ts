import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createArgsDigest } from './args-digest.ts';

test('04 G-68: is HMAC-SHA-256 of the arguments, for keys of any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 100 }), fc.jsonValue(), (key, args) => {
      const expected = createHmac('sha256', key).update(JSON.stringify(args)).digest('base64url');

      expect(createArgsDigest(Buffer.from(key))(args)).toBe(expected);
    }),
    { numRuns: 200 },
  );
});
