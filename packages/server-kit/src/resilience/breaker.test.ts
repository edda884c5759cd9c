import { expect, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { createBreaker, type Breaker, type BreakerFailure } from './breaker.ts';

interface Bench {
  readonly breaker: Breaker;
  readonly clock: FakeClock;
}

function setUp(random = () => 0.999_999): Bench {
  const clock = new FakeClock();
  return { clock, breaker: createBreaker({ clock, random }) };
}

function fail(breaker: Breaker, times: number, kind: BreakerFailure = 'connection'): void {
  for (let time = 0; time < times; time += 1) breaker.failure(kind);
}

/** Waits until the breaker allows its next probe, and says how long that took. */
function waitForProbe({ breaker, clock }: Bench): number {
  const startMs = clock.monotonicMs();
  while (!breaker.tryEnter()) clock.advance(100);
  return clock.monotonicMs() - startMs;
}

test('lets calls through while they work', () => {
  const { breaker } = setUp();

  for (let call = 0; call < 100; call += 1) breaker.success();

  expect(breaker).toMatchObject({ state: 'closed', nextTryAt: undefined });
  expect(breaker.tryEnter()).toBe(true);
});

test.for(['refused', 'connection', 'timeout'] as const)('G-74 opens on the 5th %s failure in a row', (kind) => {
  const { breaker } = setUp();

  fail(breaker, 4, kind);
  const before = breaker.state;
  fail(breaker, 1, kind);

  expect([before, breaker.state]).toEqual(['closed', 'open']);
  expect(breaker.tryEnter()).toBe(false);
});

test('G-74 begins to count anew after a success', () => {
  const { breaker } = setUp();

  for (let round = 0; round < 3; round += 1) {
    fail(breaker, 4);
    breaker.success();
  }

  expect(breaker.state).toBe('closed');
});

test('G-74 does not open on broken answers in a row alone', () => {
  const { breaker } = setUp();

  fail(breaker, 19, 'response');

  expect(breaker.state).toBe('closed');
});

test.for([
  { calls: 20, failures: 10, state: 'open' },
  { calls: 20, failures: 9, state: 'closed' },
  { calls: 19, failures: 19, state: 'closed' },
  { calls: 200, failures: 100, state: 'open' },
] as const)('G-74 is $state after $failures broken answers of $calls within 10 s', ({ calls, failures, state }) => {
  const { breaker } = setUp();

  for (let call = 0; call < calls - failures; call += 1) breaker.success();
  fail(breaker, failures, 'response');

  expect(breaker.state).toBe(state);
});

test('G-74 forgets failures that are older than 10 s', () => {
  const { breaker, clock } = setUp();
  fail(breaker, 15, 'response');

  clock.advance(11_000);
  fail(breaker, 15, 'response');

  expect(breaker.state).toBe('closed');
});

test('G-74 lets one probe go after 5 s and nobody else', () => {
  const { breaker, clock } = setUp();
  fail(breaker, 5);

  clock.advance(4_999);
  const early = breaker.tryEnter();
  clock.advance(1);

  expect([early, breaker.tryEnter(), breaker.tryEnter()]).toEqual([false, true, false]);
  expect(breaker.state).toBe('half-open');
});

test('says when the next try may go', () => {
  const { breaker, clock } = setUp();

  fail(breaker, 5);

  expect(breaker.nextTryAt).toEqual(new Date(clock.now().getTime() + 5_000));
});

test('closes when the probe works, and needs five new failures to open again', () => {
  const bench = setUp();
  fail(bench.breaker, 5);
  waitForProbe(bench);

  bench.breaker.success();
  fail(bench.breaker, 4);

  expect(bench.breaker.state).toBe('closed');
});

// The failures that opened it are still younger than 10 s when the probe comes back.
test('forgets the failures that opened it when it closes', () => {
  const bench = setUp();
  fail(bench.breaker, 20, 'response');
  waitForProbe(bench);

  bench.breaker.success();
  fail(bench.breaker, 1, 'response');

  expect(bench.breaker.state).toBe('closed');
});

test('G-74 doubles the wait with each failed probe, up to 60 s', () => {
  const bench = setUp();
  fail(bench.breaker, 5);

  const waits = Array.from({ length: 6 }, () => {
    const waitMs = waitForProbe(bench);
    bench.breaker.failure('timeout');
    return waitMs;
  });

  expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
});

test('G-74 shortens a doubled wait by up to a fifth, so that replicas do not probe together', () => {
  const bench = setUp(() => 0);
  fail(bench.breaker, 5);
  waitForProbe(bench);

  bench.breaker.failure('timeout');

  expect(waitForProbe(bench)).toBe(8_000);
});

test('begins again at 5 s after it was closed', () => {
  const bench = setUp();
  fail(bench.breaker, 5);
  for (let probe = 0; probe < 3; probe += 1) {
    waitForProbe(bench);
    bench.breaker.failure('timeout');
  }
  waitForProbe(bench);
  bench.breaker.success();

  fail(bench.breaker, 5);

  expect(waitForProbe(bench)).toBe(5_000);
});

test('G-74 probes a part that refuses connections every 2 s, so that a restarted one is back within 5 s', () => {
  const bench = setUp();
  fail(bench.breaker, 5, 'refused');

  const waits = Array.from({ length: 5 }, () => {
    const waitMs = waitForProbe(bench);
    bench.breaker.failure('refused');
    return waitMs;
  });

  expect(waits).toEqual([2_000, 2_000, 2_000, 2_000, 2_000]);
});

test('is not moved by calls that entered before it opened and end after', () => {
  const { breaker, clock } = setUp();
  fail(breaker, 5);
  const nextTryAt = breaker.nextTryAt?.getTime();

  clock.advance(1_000);
  breaker.success();
  fail(breaker, 3);

  expect(breaker.state).toBe('open');
  expect(breaker.nextTryAt?.getTime()).toBe(nextTryAt);
});

// A probe that is lost (its caller crashed) must not shut a healthy backend out for good.
test('lets another probe go when one has not reported for a minute', () => {
  const bench = setUp();
  fail(bench.breaker, 5);
  waitForProbe(bench);

  expect(waitForProbe(bench)).toBe(60_000);
});
