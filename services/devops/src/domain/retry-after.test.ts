import { expect, test } from 'vitest';
import { retryAfterSeconds } from './retry-after.ts';

const now = new Date('2026-11-20T12:00:00.000Z');

test.each([
  ['seconds', { retryAfter: '7' }, 7],
  ['an HTTP date', { retryAfter: 'Fri, 20 Nov 2026 12:00:30 GMT' }, 30],
  ['a date that is past', { retryAfter: 'Fri, 20 Nov 2026 11:00:00 GMT' }, 0],
  ['the reset of the limit', { rateLimitReset: String(now.getTime() / 1_000 + 90) }, 90],
  ['both, where Retry-After counts', { retryAfter: '3', rateLimitReset: String(now.getTime() / 1_000 + 90) }, 3],
])('reads %s', (_what, headers, seconds) => {
  expect(retryAfterSeconds(headers, now)).toBe(seconds);
});

test.each([[{}], [{ retryAfter: 'soon' }], [{ rateLimitReset: '' }]])('does not guess from %j', (headers) => {
  expect(retryAfterSeconds(headers, now)).toBeUndefined();
});
