import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileSegment } from './segment-pattern.ts';

const pieces = fc.array(fc.constantFrom('*', '?', 'a', 'b', 'ab', '[ab]', '[!a]'), { maxLength: 8 });
const expressions: ReadonlyMap<string, string> = new Map([
  ['*', '.*'],
  ['?', '.'],
  ['[!a]', '[^a]'],
]);
const names = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 10 }).map((letters) => letters.join(''));

// The same language as the plain regular expression, for patterns short enough to try that.
test('matches what the regular expression of the pattern matches', () => {
  fc.assert(
    fc.property(pieces, names, (parts, name) => {
      const expression = parts.map((part) => expressions.get(part) ?? part).join('');

      expect(compileSegment(parts.join(''), { ignoreCase: false })(name)).toBe(
        new RegExp(`^${expression}$`).test(name),
      );
    }),
    { numRuns: 1_000 },
  );
});
