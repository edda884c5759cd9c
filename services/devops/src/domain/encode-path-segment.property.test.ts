import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { encodePathSegment } from './encode-path-segment.ts';

const pieces = constantFrom(
  '.',
  '..',
  '/',
  '\\',
  '%',
  '%2e',
  '%2f',
  '%252e',
  '%252f',
  '%25',
  'a',
  '?',
  '#',
  '@',
  '\u00FC',
);

// 06 §7: whatever is let through stays one segment below its parent, as URL parsers see it, decoded up to twice.
test('what is let through is always one segment of the path', () => {
  assert(
    property(array(pieces, { maxLength: 6 }), (parts) => {
      const segment = encodeOrRefuse(parts.join(''));
      if (segment === undefined) return;
      for (const path of [segment, decodeLoosely(segment), decodeLoosely(decodeLoosely(segment))]) {
        expect(path).not.toMatch(/[/\\]/);
        expect(['', '.', '..']).not.toContain(path);
      }
      expect(new URL(`https://host.example/repos/${segment}/issues`).pathname).toBe(`/repos/${segment}/issues`);
    }),
    { numRuns: 200 },
  );
});

function encodeOrRefuse(value: string): string | undefined {
  try {
    return encodePathSegment(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function decodeLoosely(text: string): string {
  return text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
