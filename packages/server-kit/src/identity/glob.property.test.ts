import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileGlob } from './glob.ts';

/** The plainest matcher that is right: tries every length for every star. Slow, and only for comparing. */
function matchesNaively(glob: string, text: string): boolean {
  if (glob === '') return text === '';
  if (glob.startsWith('*')) {
    const rest = glob.slice(1);
    return Array.from({ length: text.length + 1 }, (_, length) => text.slice(length)).some((tail) =>
      matchesNaively(rest, tail),
    );
  }
  return text !== '' && text.startsWith(glob.charAt(0)) && matchesNaively(glob.slice(1), text.slice(1));
}

const glob = fc.string({ unit: fc.constantFrom('a', 'b', ':', '_', '*'), maxLength: 10 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '_'), maxLength: 12 });

test('G-35 matches exactly what a naive matcher matches', () => {
  fc.assert(
    fc.property(glob, text, (pattern, input) => {
      expect(compileGlob(pattern)(input)).toBe(matchesNaively(pattern, input));
    }),
    { numRuns: 5_000 },
  );
});

test('G-35 matches a text that is made by filling the stars', () => {
  fc.assert(
    fc.property(glob, fc.array(text), (pattern, fillings) => {
      let star = 0;
      const input = pattern.replaceAll('*', () => fillings[star++] ?? '');

      expect(compileGlob(pattern)(input)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('G-35 takes every character but the star for itself', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (pattern, input) => {
      fc.pre(!pattern.includes('*'));
      expect(compileGlob(pattern)(input)).toBe(pattern === input);
    }),
    { numRuns: 200 },
  );
});
