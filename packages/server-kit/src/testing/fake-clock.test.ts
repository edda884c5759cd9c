import { expect, test } from 'vitest';
import { createFakeClock } from './fake-clock.ts';

test('stands still until it is advanced', async () => {
  const clock = createFakeClock(new Date('2026-03-01T00:00:00Z'));

  await clock.advance(1_500);

  expect(clock.now().toISOString()).toBe('2026-03-01T00:00:01.500Z');
  expect(clock.monotonicMs()).toBe(1_500);
});

test('runs what is due in order of time, each at its own moment', async () => {
  const clock = createFakeClock();
  const seen: string[] = [];
  clock.schedule(200, () => seen.push(`b at ${clock.monotonicMs()}`));
  clock.schedule(100, () => seen.push(`a at ${clock.monotonicMs()}`));
  clock.schedule(200, () => seen.push(`c at ${clock.monotonicMs()}`));
  clock.schedule(301, () => seen.push('too early'));

  await clock.advance(300);

  expect(seen).toEqual(['a at 100', 'b at 200', 'c at 200']);
  expect(clock.pending).toBe(1);
});

test('runs what a due action schedules behind an await, if that is due too', async () => {
  const clock = createFakeClock();
  const seen: number[] = [];
  const again = async (): Promise<void> => {
    await Promise.resolve();
    seen.push(clock.monotonicMs());
    if (seen.length < 3) clock.schedule(10, () => void again());
  };
  clock.schedule(10, () => void again());

  await clock.advance(30);

  expect(seen).toEqual([10, 20, 30]);
});

test('does not run what was cancelled', async () => {
  const clock = createFakeClock();
  const cancel = clock.schedule(10, () => expect.fail('it ran'));

  cancel();
  await clock.advance(20);

  expect(clock.pending).toBe(0);
});
