import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseText } from './normalise-text.ts';

test('applying it twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = normaliseText(text);

      expect(normaliseText(once)).toBe(once);
      expect(once.isWellFormed()).toBe(true);
    }),
    { numRuns: 200 },
  );
});
