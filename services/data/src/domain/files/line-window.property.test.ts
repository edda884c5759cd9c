import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineWindow } from './line-window.ts';
import { tailLines } from './tail-lines.ts';

const texts = fc
  .array(fc.constantFrom('a', 'bb', '\n', 'é', '\n\n', 'x'.repeat(9)), { maxLength: 30 })
  .map((parts) => parts.join(''));
const options = fc.record({
  firstLine: fc.integer({ min: 1, max: 6 }),
  linesMax: fc.integer({ min: 1, max: 6 }),
  bytesMax: fc.integer({ min: 1, max: 40 }),
});

const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

test('takes the same lines however the file is split into chunks', () => {
  fc.assert(
    fc.property(texts, options, fc.integer({ min: 1, max: 7 }), (text, range, chunkBytes) => {
      const bytes = Buffer.from(text);
      const whole = new LineWindow(range);
      whole.push(bytes);
      const pieces = new LineWindow(range);
      for (let from = 0; from < bytes.length; from += chunkBytes)
        if (!pieces.push(bytes.subarray(from, from + chunkBytes))) break;

      expect(pieces.finish()).toEqual(whole.finish());
    }),
    { numRuns: 500 },
  );
});

test('takes exactly the wanted lines when bytes are no limit', () => {
  fc.assert(
    fc.property(texts, options, (text, range) => {
      const window = new LineWindow({ ...range, bytesMax: 10_000 });
      window.push(Buffer.from(text));
      const lines = linesOf(text).slice(range.firstLine - 1);

      expect(window.finish()).toEqual({
        bytes: Buffer.from(lines.slice(0, range.linesMax).join('')),
        lineCount: Math.min(lines.length, range.linesMax),
        cutBy: lines.length > range.linesMax ? 'rows' : undefined,
      });
    }),
    { numRuns: 500 },
  );
});

test('a tail is the last lines, and never more bytes than allowed', () => {
  fc.assert(
    fc.property(texts, options, (text, { linesMax, bytesMax }) => {
      const tail = tailLines(Buffer.from(text), { linesMax, bytesMax, isWhole: true });
      const wanted = linesOf(text).slice(-linesMax).join('');

      expect(tail.bytes.length).toBeLessThanOrEqual(bytesMax);
      expect(Buffer.from(text).subarray(Buffer.byteLength(text) - tail.bytes.length)).toEqual(tail.bytes);
      expect(tail.cutBy === undefined ? tail.bytes.toString() : wanted).toBe(wanted);
    }),
    { numRuns: 500 },
  );
});
