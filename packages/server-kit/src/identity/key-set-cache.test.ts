import { expect, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { KeySetCache } from './key-set-cache.ts';

interface Bench {
  readonly clock: FakeClock;
  readonly cache: KeySetCache<string>;
  readonly failures: unknown[];
  loads: number;
  isDown: boolean;
}

function setUp(): Bench {
  const clock = new FakeClock();
  const failures: unknown[] = [];
  const bench: Bench = {
    clock,
    failures,
    loads: 0,
    isDown: false,
    cache: new KeySetCache({
      clock,
      onFailure: (error) => failures.push(error),
      load: async () => {
        bench.loads += 1;
        if (bench.isDown) throw new Error('down');
        return `keys ${bench.loads}`;
      },
    }),
  };
  return bench;
}

const minuteMs = 60_000;

test('G-59 loads on first use and again after 10 minutes', async () => {
  const bench = setUp();

  const first = await bench.cache.current();
  bench.clock.advance(10 * minuteMs - 1);
  const held = await bench.cache.current();
  bench.clock.advance(1);

  expect([first, held, await bench.cache.current()]).toEqual(['keys 1', 'keys 1', 'keys 2']);
});

test('loads once for calls that come at the same time', async () => {
  const bench = setUp();

  const answers = await Promise.all([bench.cache.current(), bench.cache.current(), bench.cache.refreshed()]);

  expect(answers).toEqual(['keys 1', 'keys 1', 'keys 1']);
  expect(bench.loads).toBe(1);
});

test('G-59 looks again for an unknown key at most once in 30 s', async () => {
  const bench = setUp();
  await bench.cache.current();
  bench.clock.advance(30_000);

  for (let call = 0; call < 100; call += 1) await bench.cache.refreshed();
  bench.clock.advance(29_999);
  await bench.cache.refreshed();

  expect(bench.loads).toBe(2);
  bench.clock.advance(1);
  expect(await bench.cache.refreshed()).toBe('keys 3');
});

test('G-59 goes on with the last good keys for an hour while the issuer is down, then has none', async () => {
  const bench = setUp();
  await bench.cache.current();
  bench.isDown = true;

  bench.clock.advance(60 * minuteMs - 1);
  const late = await bench.cache.current();
  bench.clock.advance(1);

  expect(late).toBe('keys 1');
  expect(await bench.cache.current()).toBeUndefined();
  expect(bench.failures).toHaveLength(1);
});

test('asks an issuer that is down no more than once in 30 s while old keys serve', async () => {
  const bench = setUp();
  await bench.cache.current();
  bench.isDown = true;
  bench.clock.advance(10 * minuteMs);

  for (let second = 0; second < 60; second += 1) {
    await bench.cache.current();
    bench.clock.advance(1_000);
  }

  expect(bench.loads).toBe(3);
});

test('has no keys when the issuer was never reached, and finds it within a second of its start', async () => {
  const bench = setUp();
  bench.isDown = true;
  const before = await bench.cache.current();
  bench.isDown = false;

  bench.clock.advance(1_000);

  expect(before).toBeUndefined();
  expect(await bench.cache.current()).toBe('keys 2');
});
