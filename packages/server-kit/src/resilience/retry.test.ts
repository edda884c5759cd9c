import { expect, test } from 'vitest';
import { caught } from '../../test/caught.ts';
import { FakeClock } from '../../test/fake-clock.ts';
import { InvalidInput, RateLimited, Unavailable } from '../runtime/errors/errors.ts';
import { isTransient, retry, type RetryOptions } from './retry.ts';

const down = new Unavailable('UPSTREAM_DOWN', { publicMessage: 'It does not answer.' });

interface Bench {
  readonly clock: FakeClock;
  readonly startedAtMs: number[];
  readonly run: (outcomes: readonly unknown[], options?: Partial<RetryOptions>) => Promise<string>;
}

/** Runs an action that throws each of `outcomes` in turn and then answers `done`. */
function setUp(): Bench {
  const clock = new FakeClock();
  const startedAtMs: number[] = [];
  return {
    clock,
    startedAtMs,
    run(outcomes, options) {
      return retry(
        async (attempt) => {
          startedAtMs.push(clock.monotonicMs());
          if (attempt <= outcomes.length) throw outcomes[attempt - 1];
          return 'done';
        },
        { attempts: 3, delaysMs: [50, 200], jitter: 0, clock, ...options },
      );
    },
  };
}

test('runs an action that works once', async () => {
  const { run, startedAtMs } = setUp();

  await expect(run([])).resolves.toBe('done');

  expect(startedAtMs).toEqual([0]);
});

test('G-75 waits 50 ms and 200 ms before the second and third attempt', async () => {
  const { run, clock, startedAtMs } = setUp();

  const result = run([down, down]);
  await clock.elapse(1_000);

  await expect(result).resolves.toBe('done');
  expect(startedAtMs).toEqual([0, 50, 250]);
});

test('throws the last error when all attempts are used', async () => {
  const { run, clock, startedAtMs } = setUp();
  const last = new Unavailable('UPSTREAM_DOWN', { publicMessage: 'Still not.' });

  const refusal = caught(run([down, down, last, down]));
  await clock.elapse(1_000);

  expect(await refusal).toBe(last);
  expect(startedAtMs).toHaveLength(3);
});

test('shortens a wait by up to the jitter', async () => {
  const { run, clock, startedAtMs } = setUp();

  const result = run([down, down], { jitter: 0.5, random: () => 0.999_999 });
  await clock.elapse(1_000);

  await result;
  expect(startedAtMs.map(Math.round)).toEqual([0, 25, 125]);
});

test('does not repeat what will not pass by waiting', async () => {
  const { run, startedAtMs } = setUp();
  const wrong = new InvalidInput('INPUT_INVALID', { publicMessage: 'No.' });

  await expect(run([wrong])).rejects.toBe(wrong);

  expect(startedAtMs).toHaveLength(1);
});

test('asks the caller which errors pass, when it is told to', async () => {
  const { run, clock } = setUp();

  const result = run([new Error('reset')], {
    isRetryable: (error) => error instanceof Error && error.message === 'reset',
  });
  await clock.elapse(50);

  await expect(result).resolves.toBe('done');
});

test('stops waiting when the signal aborts', async () => {
  const { run, clock, startedAtMs } = setUp();
  const controller = new AbortController();
  const refusal = caught(run([down, down], { signal: controller.signal }));
  await clock.elapse(10);

  controller.abort(new Error('gone'));

  expect(await refusal).toMatchObject({ message: 'gone' });
  expect(startedAtMs).toHaveLength(1);
  expect(clock.pending).toBe(0);
});

test('does not begin when the signal has aborted', async () => {
  const { run, startedAtMs } = setUp();

  await expect(run([], { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone');

  expect(startedAtMs).toHaveLength(0);
});

test('takes outages for transient, and neither rate limits, refusals nor foreign errors', () => {
  const options = { publicMessage: 'No.' };

  expect(isTransient(down)).toBe(true);
  expect(isTransient(new Unavailable('CONFIG_MISSING', { ...options, retryable: false }))).toBe(false);
  expect(isTransient(new RateLimited('LIMIT_RATE', options))).toBe(false);
  expect(isTransient(new TypeError('fetch failed'))).toBe(false);
});
