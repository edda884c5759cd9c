import { expect, test } from 'vitest';
import { tailLines, type TailOptions } from './tail-lines.ts';

function tail(text: string, options: Partial<TailOptions> = {}) {
  const { bytes, ...rest } = tailLines(Buffer.from(text), { linesMax: 2, bytesMax: 100, isWhole: true, ...options });
  return { text: bytes.toString(), ...rest };
}

test('takes the last lines, with or without a newline at the end', () => {
  expect(tail('a\nb\nc\n')).toEqual({ text: 'b\nc\n', lineCount: 2, cutBy: undefined });
  expect(tail('a\nb\nc')).toEqual({ text: 'b\nc', lineCount: 2, cutBy: undefined });
  expect(tail('a')).toEqual({ text: 'a', lineCount: 1, cutBy: undefined });
  expect(tail('')).toEqual({ text: '', lineCount: 0, cutBy: undefined });
});

test('takes fewer lines when they do not fit, and says so', () => {
  expect(tail('aaaa\nbbbb\ncc\n', { bytesMax: 4 })).toEqual({ text: 'cc\n', lineCount: 1, cutBy: 'bytes' });
  expect(tail('aaaaaaaa', { bytesMax: 4 })).toEqual({ text: 'aaaa', lineCount: 1, cutBy: 'bytes' });
});

test('leaves out the incomplete first line of a window', () => {
  expect(tail('end of a line\nb\nc\n', { isWhole: false })).toEqual({ text: 'b\nc\n', lineCount: 2, cutBy: undefined });
  expect(tail('end of a line\nc\n', { isWhole: false })).toEqual({ text: 'c\n', lineCount: 1, cutBy: 'bytes' });
});
