import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHeaderValue, encodeHeaderValue } from './header-value.ts';

test('03 H3: every name comes back from its header, and every header can be sent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      const encoded = encodeHeaderValue(name);

      expect(encoded).toMatch(/^[ -~]+$/);
      expect(decodeHeaderValue(encoded)).toBe(name);
    }),
    { numRuns: 200 },
  );
});

test('refuses base64 of bytes that are no UTF-8', () => {
  expect(decodeHeaderValue('=?base64?/w==?=')).toBeUndefined();
});
