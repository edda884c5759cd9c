import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('shows process metrics and event loop lag under the service name', async () => {
  const text = await createMetrics({ name: 'data' }).registry.metrics();

  expect(text).toMatch(/^process_resident_memory_bytes\{service="data"\} \d+/m);
  expect(text).toMatch(/^fairlead_event_loop_lag_seconds\{service="data"\} \d/m);
});

test('measures how late the event loop runs', async () => {
  const lag = await lagOnce(
    (seconds) => seconds > 0.04,
    () => blockFor(60),
  );

  expect(lag).toBeGreaterThan(0.04);
});

test('shows next to no lag when nothing blocks, because the pause between measurements is no lag', async () => {
  const lag = await lagOnce(
    (seconds) => seconds > 0 && seconds < 0.015,
    () => undefined,
  );

  expect(lag).toBeLessThan(0.015);
});

test('counts with bound labels', async () => {
  const metrics = createMetrics({ name: 'data' });
  const calls = metrics.counter('fairlead_calls_total', 'Calls.', ['tool']).labels({ tool: 'query_database' });
  const open = metrics.gauge('fairlead_open', 'Open.');
  const seconds = metrics.histogram('fairlead_call_seconds', 'Time.', { labelNames: ['tool'], buckets: [0.1, 1] });

  calls.inc();
  calls.inc(2);
  open.set(4);
  seconds.labels({ tool: 'x' }).observe(0.5);

  const text = await metrics.registry.metrics();
  expect(text).toContain('fairlead_calls_total{tool="query_database",service="data"} 3');
  expect(text).toContain('fairlead_open{service="data"} 4');
  expect(text).toContain('fairlead_call_seconds_bucket{le="1",service="data",tool="x"} 1');
});

test('has the buckets of 04 G-86 unless told otherwise', async () => {
  const metrics = createMetrics({ name: 'data' });
  metrics.histogram('fairlead_x_seconds', 'X.').observe(0);

  const text = await metrics.registry.metrics();

  expect([...text.matchAll(/fairlead_x_seconds_bucket\{le="([^"]+)"/g)].map((match) => match[1])).toEqual(
    '0.001 0.002 0.005 0.01 0.02 0.05 0.1 0.2 0.5 1 2 5 10 30 60 120 300 +Inf'.split(' '),
  );
});

test('refuses a name twice', () => {
  const metrics = createMetrics({ name: 'data' });
  metrics.counter('fairlead_calls_total', 'Calls.');

  expect(() => metrics.counter('fairlead_calls_total', 'Calls.')).toThrow('already been registered');
});

/** Collects, with some work before each collection, until the lag is as expected; after 4 s gives the last one. */
async function lagOnce(isExpected: (seconds: number) => boolean, work: () => void): Promise<number> {
  const { registry } = createMetrics({ name: 'data' });
  const giveUpMs = performance.now() + 4_000;
  let seconds = Number.NaN;
  while (!isExpected(seconds) && performance.now() < giveUpMs) {
    work();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    const text = await registry.getSingleMetricAsString('fairlead_event_loop_lag_seconds');
    seconds = Number(/^fairlead_event_loop_lag_seconds\{[^}]*\} (.+)$/m.exec(text)?.[1]);
  }
  return seconds;
}

function blockFor(ms: number): void {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs) Math.sqrt(2);
}
