import { expect, test } from 'vitest';
import { encodePathSegment } from './encode-path-segment.ts';

test.each([
  ['shop', 'shop'],
  ['..notes', '..notes'],
  ['a b', 'a%20b'],
  ['100%', '100%25'],
  ['what?x=1#y', 'what%3Fx%3D1%23y'],
  ['gruen-\u00FC', 'gruen-%C3%BC'],
])('%j becomes the segment %s', (value, segment) => {
  expect(encodePathSegment(value)).toBe(segment);
});

// 06 N14: each of these reaches another path once something on the way decodes.
test.each([
  '',
  '.',
  '..',
  'a/b',
  'a\\b',
  '%2e%2e',
  '%2E',
  '%252e%252e',
  'a%2fb',
  'a%252Fb',
  'a%5cb',
  'a\r\nb',
  'a%0d%0ab',
  'a\0b',
])('%j is refused', (value) => {
  expect(() => encodePathSegment(value)).toThrow(RangeError);
});
