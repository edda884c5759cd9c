import { expect, test } from 'vitest';
import { expiryOf } from './keys.ts';

const now = new Date('2026-11-20T20:00:00.000Z');

test('reads a length of time from now, or a time', () => {
  expect(expiryOf('12h', now)).toBe('2026-11-21T08:00:00.000Z');
  expect(expiryOf('30d', now)).toBe('2026-12-20T20:00:00.000Z');
  expect(expiryOf('2027-01-31T00:00:00+01:00', now)).toBe('2027-01-30T23:00:00.000Z');
});

test.for(['soon', '0d', '3w', '2026-11-20T19:59:59Z'])('refuses %s', (text) => {
  expect(() => expiryOf(text, now)).toThrow(expect.objectContaining({ exitCode: 1, fix: 'use --expires 30d' }));
});
