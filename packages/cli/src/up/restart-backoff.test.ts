import { createFakeClock } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { RestartBackoff } from './restart-backoff.ts';

test('waits 0.5 s, doubling to 30 s', () => {
  const backoff = new RestartBackoff(createFakeClock());

  const delaysMs = Array.from({ length: 8 }, () => backoff.next());

  expect(delaysMs).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test('begins with 0.5 s again after 60 s of health, not before', async () => {
  const clock = createFakeClock();
  const backoff = new RestartBackoff(clock);
  backoff.next();
  backoff.started();

  await clock.advance(59_999);
  expect(backoff.next()).toBe(1_000);

  backoff.started();
  await clock.advance(60_000);
  expect(backoff.next()).toBe(500);
});
