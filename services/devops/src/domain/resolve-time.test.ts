import { expect, test } from 'vitest';
import { resolveTime } from './resolve-time.ts';

const now = new Date('2026-11-20T12:00:00.000Z');

test.each([
  ['now', '2026-11-20T12:00:00.000Z'],
  ['now-30s', '2026-11-20T11:59:30.000Z'],
  ['now-15m', '2026-11-20T11:45:00.000Z'],
  ['now-36h', '2026-11-19T00:00:00.000Z'],
  ['now-7d', '2026-11-13T12:00:00.000Z'],
  ['2026-11-01T08:30:00Z', '2026-11-01T08:30:00.000Z'],
  ['2026-11-01T08:30:00.250+02:00', '2026-11-01T06:30:00.250Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
])('%s is %s', (text, iso) => {
  expect(resolveTime(text, now)?.toISOString()).toBe(iso);
});

test.each(['now-999999d', '1969-12-31T23:59:59Z'])('%s becomes the first second of 1970', (text) => {
  expect(resolveTime(text, now)?.getTime()).toBe(0);
});

// Date.parse would answer March 2nd for the first, and the caller would get the wrong issues without a word.
test.each([
  '2026-02-30T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '2026-01-01T25:00:00Z',
  'yesterday',
  '',
])('%j names no time', (text) => {
  expect(resolveTime(text, now)).toBeUndefined();
});
