import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { until } from './until.ts';

test('answers the first truthy value', async () => {
  const values = [undefined, 0, 'third'];

  const value = await until(() => values.shift(), { withinMs: 5_000, what: 'a value' });

  expect(value).toBe('third');
});

test('asks again after a condition that threw', async () => {
  let calls = 0;

  const value = await until(
    async () => {
      calls += 1;
      if (calls < 3) throw new Error('not yet');
      return calls;
    },
    { withinMs: 5_000, what: 'the third call' },
  );

  expect(value).toBe(3);
});

// V-30: the failure must tell more than "timed out".
test('prints the last value seen when the time is over', async () => {
  const waiting = until(() => ({ rows: 3 }).rows === 4 && { rows: 3 }, { withinMs: 30, what: 'four rows' });

  await expect(waiting).rejects.toMatchObject({
    code: 'WAIT_EXPIRED',
    message: 'waited 30 ms for four rows; last seen: false',
  });
});

test('prints the last error seen when the time is over', async () => {
  const waiting = until(() => Promise.reject(new Error('connection refused')), { withinMs: 30, what: 'an answer' });

  await expect(waiting).rejects.toThrow('waited 30 ms for an answer; last seen: an error: connection refused');
});

test('ends on time when the condition never answers', async () => {
  const waiting = until(() => delay(60_000, true, { ref: false }), { withinMs: 30, what: 'an answer' });

  await expect(waiting).rejects.toThrow('last seen: no answer yet');
});
