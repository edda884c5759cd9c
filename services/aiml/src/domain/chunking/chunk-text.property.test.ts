import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseText } from '../text/normalise-text.ts';
import { chunkSizes } from './chunk-sizes.ts';
import { chunkText, type ChunkSyntax } from './chunk-text.ts';

const line = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.lorem({ maxCount: 12 }),
  fc.constantFrom(
    '',
    '',
    '# One',
    '## Two ##',
    '```',
    '~~~',
    '| a | b |',
    '|---|---|',
    '- item',
    '1. item',
    '===',
    '---',
    '    code',
    '> quote',
    '"a,b',
    'x,"y"',
  ),
  fc.integer({ min: 500, max: 6_000 }).map((length) => 'long word '.repeat(length / 10)),
  fc.integer({ min: 500, max: 6_000 }).map((length) => '\u{1F600}'.repeat(length / 2)),
);
const syntax = fc.constantFrom<ChunkSyntax>('markdown', 'plain', 'lines', 'rows');
const documents = fc.array(line, { maxLength: 60 }).map((lines) => normaliseText(lines.join('\n')));

// 07 A-10: slice equality and lines, coverage, maximum, determinism.
test('every chunk is a span of the text, within bounds, and nothing readable is left out', () => {
  fc.assert(
    fc.property(documents, syntax, (text, kind) => {
      const chunks = chunkText(text, kind);

      const isCovered = new Uint8Array(text.length);
      for (const chunk of chunks) {
        const own = text.slice(chunk.start, chunk.end);
        expect(own.trim()).not.toBe('');
        expect(own.isWellFormed()).toBe(true);
        expect(own.length).toBeLessThanOrEqual(chunkSizes.max);
        expect(text.slice(0, chunk.start).split('\n')).toHaveLength(chunk.lineStart);
        expect(chunk.lineEnd - chunk.lineStart).toBe(own.split('\n').length - 1);
        isCovered.fill(1, chunk.start, chunk.end);
      }
      const missed = [...isCovered].findIndex((covered, at) => covered === 0 && text.charAt(at).trim() !== '');
      expect(missed).toBe(-1);
      expect(chunkText(text, kind)).toEqual(chunks);
    }),
    { numRuns: 200 },
  );
});

test('CRLF and LF give the same chunks', () => {
  fc.assert(
    fc.property(documents, syntax, (text, kind) => {
      expect(chunkText(normaliseText(text.replaceAll('\n', '\r\n')), kind)).toEqual(chunkText(text, kind));
    }),
    { numRuns: 200 },
  );
});
