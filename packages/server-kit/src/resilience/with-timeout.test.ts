import { expect, test } from 'vitest';
import { caught } from '../../test/caught.ts';
import { FakeClock } from '../../test/fake-clock.ts';
import { withTimeout } from './with-timeout.ts';

const never = (): Promise<never> => Promise.withResolvers<never>().promise;

test('gives the result of an action that ends in time, and leaves no timer', async () => {
  const clock = new FakeClock();

  await expect(withTimeout(async () => 'done', { timeoutMs: 100, clock })).resolves.toBe('done');

  expect(clock.pending).toBe(0);
});

test('throws LIMIT_TIMEOUT and aborts the action when the time is over', async () => {
  const clock = new FakeClock();
  const seen = Promise.withResolvers<AbortSignal>();
  const result = withTimeout(
    (signal) => {
      seen.resolve(signal);
      return never();
    },
    { timeoutMs: 100, clock },
  );
  const refusal = caught(result);

  await clock.elapse(99);
  const signal = await seen.promise;
  const abortedEarly = signal.aborted;
  await clock.elapse(1);

  expect(await refusal).toMatchObject({
    code: 'LIMIT_TIMEOUT',
    status: 504,
    retryable: true,
    details: { timeoutMs: 100 },
  });
  expect([abortedEarly, signal.aborted]).toEqual([false, true]);
});

test('throws the reason of the outer signal at once and aborts the action with it', async () => {
  const clock = new FakeClock();
  const outer = new AbortController();
  const reason = new Error('the caller left');
  let inner: AbortSignal | undefined;
  const refusal = caught(
    withTimeout(
      (signal) => {
        inner = signal;
        return never();
      },
      { timeoutMs: 100, clock, signal: outer.signal },
    ),
  );

  outer.abort(reason);

  expect(await refusal).toBe(reason);
  expect(inner?.reason).toBe(reason);
  expect(clock.pending).toBe(0);
});

test('does not begin when the outer signal has aborted', async () => {
  let ran = false;
  const result = withTimeout(
    async () => {
      ran = true;
    },
    { timeoutMs: 100, clock: new FakeClock(), signal: AbortSignal.abort(new Error('gone')) },
  );

  await expect(result).rejects.toThrow('gone');
  expect(ran).toBe(false);
});

test('throws what the action throws', async () => {
  const clock = new FakeClock();

  await expect(withTimeout(() => Promise.reject(new Error('boom')), { timeoutMs: 100, clock })).rejects.toThrow('boom');

  expect(clock.pending).toBe(0);
});
