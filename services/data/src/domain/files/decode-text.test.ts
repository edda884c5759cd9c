import { expect, test } from 'vitest';
import { decodeText, isBinary } from './decode-text.ts';

test('leaves out a character that was cut at either end', () => {
  const bytes = Buffer.from('é👩ü');

  expect(decodeText(bytes)).toBe('é👩ü');
  expect(decodeText(bytes.subarray(1))).toBe('👩ü');
  expect(decodeText(bytes.subarray(0, -1))).toBe('é👩');
  expect(decodeText(bytes.subarray(0, 4))).toBe('é');
});

test('shows bytes that are not UTF-8 as U+FFFD, and drops a byte order mark', () => {
  expect(decodeText(Buffer.from([0x61, 0xff, 0x62]))).toBe('a\ufffdb');
  expect(decodeText(Buffer.from('\ufeffa'))).toBe('a');
});

test('takes bytes with a NUL for binary', () => {
  expect(isBinary(Buffer.from('a\0b'))).toBe(true);
  expect(isBinary(Buffer.from('ab', 'utf16le'))).toBe(true);
  expect(isBinary(Buffer.from('plain'))).toBe(false);
});
