import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { isInside } from './is-inside.ts';
import { parseVirtualPath } from './virtual-path.ts';

const names = fc.oneof(
  fc.constantFrom('..', '.', '', 'a', 'docs', '..a', '%2e%2e', '\\..\\', '\u2025', 'etc'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const paths = fc.array(names, { maxLength: 12 }).map((parts) => parts.join('/'));

// 06 S-03: any text is a path below its root, or the one refusal; the file system agrees with us on where it lies.
test('a path that is accepted never leaves its root', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        paths,
        paths.map((path) => `docs/${path}`),
      ),
      (text) => {
        const below = segmentsOf(text);

        expect(below).not.toContain('..');
        expect(isInside('/srv/docs', resolve('/srv/docs', below.join('/')))).toBe(true);
        expect(below.join('/')).not.toMatch(/\p{Cc}/u);
      },
    ),
    { numRuns: 2_000 },
  );
});

/** The names below the root; none for a refusal. Anything else that is thrown fails the test. */
function segmentsOf(text: string): readonly string[] {
  try {
    return parseVirtualPath(text, new Set(['docs'])).segments;
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}
