import { createFakeClock } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { SlotQueue } from './slot-queue.ts';

const never = new AbortController().signal;

function queue(options: Partial<{ slotsMax: number; slotsPerKeyMax: number }> = {}) {
  const clock = createFakeClock();
  const slots = new SlotQueue({
    slotsMax: 3,
    slotsPerKeyMax: 2,
    waitMsMax: 5_000,
    clock,
    database: 'main',
    ...options,
  });
  return { clock, slots };
}

/** Whether a promise is settled after one turn of the event loop. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const turn = Promise.withResolvers<false>();
  setImmediate(() => turn.resolve(false));
  return Promise.race([promise.then(() => true), turn.promise]);
}

// 06 S-85.
test('lets one key hold no more than its share, while others get in', async () => {
  const { slots } = queue();
  await slots.acquire('a', never);
  await slots.acquire('a', never);
  const third = slots.acquire('a', never);

  await slots.acquire('b', never);

  expect(slots.isFull).toBe(true);
  expect(await isSettled(third)).toBe(false);
});

test('grants a slot that comes free to the first who may have it', async () => {
  const { slots } = queue({ slotsMax: 2 });
  const first = await slots.acquire('a', never);
  await slots.acquire('a', never);
  const sameKey = slots.acquire('a', never);
  const otherKey = slots.acquire('b', never);

  first();

  expect(await isSettled(sameKey)).toBe(true);
  expect(await isSettled(otherKey)).toBe(false);
});

test('answers DATA_BUSY with the time to wait after five seconds', async () => {
  const { clock, slots } = queue({ slotsMax: 1 });
  await slots.acquire('a', never);
  const refusal = slots.acquire('b', never).catch((error: unknown) => error);

  await clock.advance(5_000);

  expect(await refusal).toMatchObject({ code: 'DATA_BUSY', details: { database: 'main', retryAfterMs: 5_000 } });
  expect(clock.pending).toBe(0);
});

test('leaves the line when the caller is gone, and gives its place to the next', async () => {
  const { clock, slots } = queue({ slotsMax: 1 });
  const held = await slots.acquire('a', never);
  const controller = new AbortController();
  const gone = slots.acquire('b', controller.signal).catch((error: unknown) => error);
  const next = slots.acquire('c', never);

  controller.abort(new Error('gone'));
  held();

  expect(await gone).toEqual(new Error('gone'));
  (await next)();
  expect(slots.isFull).toBe(false);
  expect(clock.pending).toBe(0);
});

test('does not begin for a caller who is gone already', async () => {
  const { slots } = queue();

  await expect(slots.acquire('a', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  expect(slots.isFull).toBe(false);
});
