import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from './line-splitter.ts';

function split(chunks: readonly Buffer[], bytesMax: number): readonly unknown[] {
  const found: unknown[] = [];
  const splitter = new LineSplitter(bytesMax, {
    line: (text) => found.push(text),
    tooLong: ({ bytes, head, tail }) => found.push({ bytes, head, tail }),
  });
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return found;
}

function cut(bytes: Buffer, sizes: readonly number[]): readonly Buffer[] {
  const chunks: Buffer[] = [];
  let start = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(start, start + size));
    start += size;
  }
  return [...chunks, bytes.subarray(start)];
}

const texts = fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\r\n]/g, '')));
const sizes = fc.array(fc.nat({ max: 9 }));

test('any cut into chunks gives the same lines', () => {
  fc.assert(
    fc.property(texts, sizes, fc.constantFrom('\n', '\r\n'), (lines, chunkSizes, lineEnd) => {
      const bytes = Buffer.from(lines.map((line) => line + lineEnd).join(''));

      expect(split(cut(bytes, chunkSizes), 1_000_000)).toEqual(lines);
    }),
  );
});

test('any cut into chunks finds the same lines too long, and knows both their ends', () => {
  fc.assert(
    fc.property(texts, sizes, (lines, chunkSizes) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));

      expect(split(cut(bytes, chunkSizes), 4)).toEqual(split([bytes], 4));
    }),
  );
});

test('a line of the bound passes, one byte more does not, and the next line is whole', () => {
  expect(split([Buffer.from('1234\n12345\nok')], 4)).toEqual([
    '1234',
    { bytes: 5, head: '12345', tail: '12345' },
    'ok',
  ]);
});

test('of a long line the first and the last 256 bytes are known', () => {
  const line = `${'a'.repeat(300)}${'b'.repeat(300)}`;

  expect(split(cut(Buffer.from(line), [100, 250]), 64)).toEqual([
    { bytes: 600, head: 'a'.repeat(256), tail: 'b'.repeat(256) },
  ]);
});
