import { expect, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { RequestCancellation } from './cancellation.ts';
import { Deadline } from './deadline.ts';

function newDeadline(idleMs = 1_000) {
  const clock = createFakeClock();
  const request = new RequestCancellation();
  return { clock, request, deadline: new Deadline({ clock, idleMs, request }) };
}

test('P-08: stops at the time limit and tells why', async () => {
  const { clock, deadline } = newDeadline();
  const { signal } = deadline;

  await clock.advance(999);
  expect(signal.aborted).toBe(false);
  await clock.advance(1);

  expect([signal.aborted, deadline.reason]).toEqual([true, 'timeout']);
});

test('P-08: a sign of life extends the idle part only, never beyond ten minutes in all', async () => {
  const { clock, deadline } = newDeadline(30_000);

  for (let elapsedMs = 0; elapsedMs < 590_000; elapsedMs += 10_000) {
    await clock.advance(10_000);
    deadline.extend();
  }
  expect(deadline.reason).toBeUndefined();
  await clock.advance(10_000);

  expect(deadline.reason).toBe('timeout');
});

test('follows the request, also when that was cancelled before', () => {
  const { request, deadline, clock } = newDeadline();
  let stopped = false;
  deadline.onStop(() => (stopped = true));

  request.cancel();

  expect([deadline.reason, stopped, deadline.signal.aborted]).toEqual(['cancelled', true, true]);
  expect(new Deadline({ clock, idleMs: 1, request }).reason).toBe('cancelled');
});

test('P-03: leaves no timer and no listener behind', () => {
  const { clock, request, deadline } = newDeadline();

  deadline.close();
  request.cancel();

  expect([clock.pending, deadline.reason]).toEqual([0, undefined]);
});
