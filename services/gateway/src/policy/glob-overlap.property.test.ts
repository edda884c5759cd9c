import * as fc from 'fast-check';
import { compileGlob } from '@fairlead/server-kit/identity';
import { expect, test } from 'vitest';
import { mayMatchPrefix } from './glob-overlap.ts';

const piece = fc.stringMatching(/^[ab:]{0,3}$/);
const glob = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join('*'));

test('never says no where a text with the prefix matches', () => {
  fc.assert(
    fc.property(glob, piece, piece, (pattern, prefix, rest) => {
      fc.pre(compileGlob(pattern)(prefix + rest));

      expect(mayMatchPrefix(pattern, prefix)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
