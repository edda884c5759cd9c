import { expect, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { IdempotencyStore } from './idempotency-store.ts';

function newStore() {
  const clock = createFakeClock();
  return { clock, store: new IdempotencyStore({ clock, serviceName: 'data' }) };
}

const call = (run: () => Promise<Record<string, unknown>>, argumentsHash = 'h') => ({ key: 'k', argumentsHash, run });

test('T-04: runs once and replays the output', async () => {
  const { store } = newStore();
  let runs = 0;
  const run = async () => ({ id: (runs += 1) });

  expect(await store.once(call(run))).toEqual({ output: { id: 1 }, replayed: false });
  expect(await store.once(call(run))).toEqual({ output: { id: 1 }, replayed: true });
  expect(runs).toBe(1);
});

test('T-04: refuses the same key with other arguments', async () => {
  const { store } = newStore();
  await store.once(call(async () => ({})));

  await expect(store.once(call(async () => ({}), 'other'))).rejects.toMatchObject({
    code: 'DATA_IDEMPOTENCY_CONFLICT',
  });
});

test('T-04: waits for a call that still runs, and gives up after ten seconds', async () => {
  const { store, clock } = newStore();
  const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>();
  const answers = Promise.allSettled([store.once(call(() => promise)), store.once(call(() => promise))]);

  await clock.advance(10_000);
  resolve({ id: 1 });

  expect(await answers).toMatchObject([
    { status: 'fulfilled', value: { output: { id: 1 }, replayed: false } },
    { status: 'rejected', reason: { code: 'CALL_IN_PROGRESS', retryable: true } },
  ]);
});

test('forgets a call that failed, so that it can be tried again', async () => {
  const { store } = newStore();
  await expect(
    store.once(
      call(async () => {
        throw new Error('no');
      }),
    ),
  ).rejects.toThrow('no');

  expect(await store.once(call(async () => ({ id: 2 })))).toEqual({ output: { id: 2 }, replayed: false });
});

test('T-04: forgets after 24 hours', async () => {
  const { store, clock } = newStore();
  await store.once(call(async () => ({ id: 1 })));

  await clock.advance(24 * 3_600_000);

  expect(await store.once(call(async () => ({ id: 2 }), 'other'))).toEqual({ output: { id: 2 }, replayed: false });
});
