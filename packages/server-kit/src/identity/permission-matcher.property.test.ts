import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileGlob } from './glob.ts';
import { compilePermissionMatcher } from './permission-matcher.ts';

const permission = fc
  .tuple(fc.constantFrom('data', 'aiml', 'tool'), fc.constantFrom('read', 'write', 'data__delete_rows'))
  .map(([area, verb]) => `${area}:${verb}`);
const glob = fc.oneof(permission, fc.constantFrom('*', 'data:*', '*:read', 'tool:*__delete_*', 'aiml:r*'));
const globs = fc.array(glob, { maxLength: 5 });

test('G-35 holds a permission when some allow matches it and no deny does', () => {
  fc.assert(
    fc.property(globs, globs, permission, (allow, deny, asked) => {
      const expected = allow.some((one) => compileGlob(one)(asked)) && !deny.some((one) => compileGlob(one)(asked));

      expect(compilePermissionMatcher(allow, deny)(asked)).toBe(expected);
    }),
    { numRuns: 1_000 },
  );
});

test('G-35 a further deny never adds a permission', () => {
  fc.assert(
    fc.property(globs, globs, fc.tuple(glob, permission), (allow, deny, [further, asked]) => {
      const before = compilePermissionMatcher(allow, deny)(asked);
      const after = compilePermissionMatcher(allow, [...deny, further])(asked);

      expect(after && !before).toBe(false);
    }),
    { numRuns: 200 },
  );
});
