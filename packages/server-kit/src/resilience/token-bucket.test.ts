import { expect, test } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

const rule = { burst: 2, count: 60, perMs: 60_000 };

test('lets the burst through at once and tells how long the next one waits', () => {
  const bucket = new TokenBucket(rule, 0);

  bucket.take();
  bucket.take();

  expect(bucket.waitMs(0)).toBe(1_000);
  expect(bucket.waitMs(400)).toBe(600);
  expect(bucket.waitMs(1_000)).toBe(0);
});

test('holds no more than the burst, however long nobody calls', () => {
  const bucket = new TokenBucket(rule, 0);

  expect(bucket.isFull(1e9)).toBe(true);
  bucket.take();
  bucket.take();

  expect(bucket.waitMs(1e9)).toBe(1_000);
});

test('counts a step back of time as no time', () => {
  const bucket = new TokenBucket(rule, 10_000);
  bucket.take();
  bucket.take();

  expect(bucket.waitMs(0)).toBe(1_000);
  expect(bucket.waitMs(10_500)).toBe(500);
});
