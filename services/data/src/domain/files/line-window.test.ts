import { expect, test } from 'vitest';
import { LineWindow } from './line-window.ts';

function take(text: string, options: Partial<{ firstLine: number; linesMax: number; bytesMax: number }> = {}) {
  const window = new LineWindow({ firstLine: 1, linesMax: 10, bytesMax: 100, ...options });
  window.push(Buffer.from(text));
  const { bytes, ...rest } = window.finish();
  return { text: bytes.toString(), ...rest };
}

test('takes all of a short file, with or without a newline at its end', () => {
  expect(take('a\nb\n')).toEqual({ text: 'a\nb\n', lineCount: 2, cutBy: undefined });
  expect(take('a\nb')).toEqual({ text: 'a\nb', lineCount: 2, cutBy: undefined });
  expect(take('')).toEqual({ text: '', lineCount: 0, cutBy: undefined });
});

test('begins at the first line that is wanted', () => {
  expect(take('a\nb\nc\n', { firstLine: 2 })).toEqual({ text: 'b\nc\n', lineCount: 2, cutBy: undefined });
  expect(take('a\nb\n', { firstLine: 9 })).toEqual({ text: '', lineCount: 0, cutBy: undefined });
});

test('stops at the line limit, and only says so when there is more', () => {
  expect(take('a\nb\nc\n', { linesMax: 2 })).toEqual({ text: 'a\nb\n', lineCount: 2, cutBy: 'rows' });
  expect(take('a\nb\n', { linesMax: 2 })).toMatchObject({ cutBy: undefined });
});

test('stops before the line that does not fit, and cuts a first line that is too long', () => {
  expect(take('aaaa\nbbbb\n', { bytesMax: 7 })).toEqual({ text: 'aaaa\n', lineCount: 1, cutBy: 'bytes' });
  expect(take('abcdefgh\n', { bytesMax: 5 })).toEqual({ text: 'abcde', lineCount: 1, cutBy: 'bytes' });
});

test('wants no more chunks once it is full', () => {
  const window = new LineWindow({ firstLine: 1, linesMax: 1, bytesMax: 100 });

  expect(window.push(Buffer.from('a\n'))).toBe(true);
  expect(window.push(Buffer.from('b'))).toBe(false);
});
