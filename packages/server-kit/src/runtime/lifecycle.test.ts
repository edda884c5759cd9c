import { expect, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createLifecycle } from './lifecycle.ts';
import { createLogger, type Logger } from './logger.ts';

function openLog(): { log: Logger; messages: () => string[] } {
  const lines: string[] = [];
  const log = createLogger({ name: 'test', level: 'info', destination: { write: (line) => void lines.push(line) } });
  return { log, messages: () => lines.map((line) => `${JSON.parse(line).part ?? ''} ${JSON.parse(line).msg}`.trim()) };
}

test('drains first, then stops parts in reverse order, one after the other', async () => {
  const { log } = openLog();
  const lifecycle = createLifecycle({ log, clock: createFakeClock() });
  const seen: string[] = [];
  lifecycle.draining.addEventListener('abort', () => seen.push('draining'));
  lifecycle.onStop('pool', () => void seen.push('pool'));
  lifecycle.onStop('server', async () => {
    seen.push('server begins');
    await Promise.resolve();
    seen.push('server ends');
  });

  await lifecycle.stop('SIGTERM', 1_000);

  expect(seen).toEqual(['draining', 'server begins', 'server ends', 'pool']);
  expect(lifecycle.draining.reason).toBe('SIGTERM');
});

test('stops once, however often it is asked', async () => {
  const { log } = openLog();
  const lifecycle = createLifecycle({ log, clock: createFakeClock() });
  let stops = 0;
  lifecycle.onStop('pool', () => void (stops += 1));

  await Promise.all([lifecycle.stop('a', 100), lifecycle.stop('b', 100)]);
  await lifecycle.stop('c', 100);

  expect(stops).toBe(1);
});

test('leaves a part behind that hangs, and still has time for the others', async () => {
  const clock = createFakeClock();
  const { log, messages } = openLog();
  const lifecycle = createLifecycle({ log, clock });
  let poolStoppedAtMs: number | undefined;
  lifecycle.onStop('pool', () => void (poolStoppedAtMs = clock.monotonicMs()));
  lifecycle.onStop('server', () => new Promise(() => undefined));

  const stopped = lifecycle.stop('SIGTERM', 2_000);
  await clock.advance(1_749);
  expect(poolStoppedAtMs).toBeUndefined();
  await clock.advance(1);
  await stopped;

  expect(poolStoppedAtMs).toBe(1_750);
  expect(messages()).toContain('server part.hung');
  expect(clock.pending).toBe(0);
});

test('gives every part a moment, also when the deadline has passed', async () => {
  const clock = createFakeClock();
  const { log } = openLog();
  const lifecycle = createLifecycle({ log, clock });
  const seen: string[] = [];
  lifecycle.onStop('last', () => void seen.push('last'));
  for (const name of ['b', 'a']) lifecycle.onStop(name, () => new Promise(() => seen.push(name)));

  const stopped = lifecycle.stop('SIGTERM', 0);
  await clock.advance(500);
  await stopped;

  expect(seen).toEqual(['a', 'b', 'last']);
});

test('logs a stop that fails and goes on', async () => {
  const { log, messages } = openLog();
  const lifecycle = createLifecycle({ log, clock: createFakeClock() });
  const seen: string[] = [];
  lifecycle.onStop('pool', () => void seen.push('pool'));
  lifecycle.onStop('cache', () => {
    throw new Error('no');
  });
  lifecycle.onStop('server', () => Promise.reject(new Error('no')));

  await lifecycle.stop('SIGTERM', 1_000);

  expect(seen).toEqual(['pool']);
  expect(messages()).toEqual([
    'process.draining',
    'server part.stop_failed',
    'cache part.stop_failed',
    'process.stopped',
  ]);
});
