import * as fc from 'fast-check';
import ignore from 'ignore';
import { expect, test } from 'vitest';
import { parseIgnoreFile } from './ignore-rules.ts';

const name = fc.constantFrom('a', 'b', 'ab', '*', 'a*', '?', '**', '[ab]');
const line = fc
  .tuple(
    fc.constantFrom('', '!'),
    fc.constantFrom('', '/'),
    fc.array(name, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '/'),
  )
  .map(([negation, start, names, end]) => `${negation}${start}${names.join('/')}${end}`);
const path = fc.array(fc.constantFrom('a', 'b', 'ab', 'c'), { minLength: 1, maxLength: 4 });

// Against another implementation of git's rules. Only a single path is asked: that a file in a left-out folder stays
// left out is the walk's part.
test('decides as the library "ignore" does', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), path, fc.boolean(), (lines, segments, isFolder) => {
      const text = `${segments.join('/')}${isFolder ? '/' : ''}`;
      const isIgnored = ignore().add(lines).ignores(text);
      const parents = segments.slice(0, -1).map((_, index) => `${segments.slice(0, index + 1).join('/')}/`);
      fc.pre(parents.every((parent) => !ignore().add(lines).ignores(parent)));

      expect(parseIgnoreFile(lines.join('\n'))(segments, isFolder) ?? false).toBe(isIgnored);
    }),
    { numRuns: 1_000 },
  );
});
