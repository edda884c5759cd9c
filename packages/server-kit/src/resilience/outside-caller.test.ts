import { expect, test } from 'vitest';
import { caught } from '../../test/caught.ts';
import { FakeClock } from '../../test/fake-clock.ts';
import { Unavailable } from '../runtime/errors/errors.ts';
import { createMetrics, type Metrics } from '../runtime/metrics.ts';
import { createOutsideCaller, type OutsideCaller } from './outside-caller.ts';

interface Bench {
  readonly clock: FakeClock;
  readonly metrics: Metrics;
  readonly caller: OutsideCaller;
}

function setUp(): Bench {
  const clock = new FakeClock();
  const metrics = createMetrics({ name: 'test' });
  const caller = createOutsideCaller({
    system: 'github',
    metrics,
    clock,
    timeoutMs: 1_000,
    retries: 2,
    random: () => 0,
  });
  return { clock, metrics, caller };
}

/** `outcome: count` of the attempts that were measured. */
async function outcomes({ metrics }: Bench): Promise<Record<string, number>> {
  const metric = metrics.registry.getSingleMetric('fairlead_outside_call_seconds');
  const { values } = (await metric?.get()) ?? { values: [] };
  const counts = values.filter((value) => 'metricName' in value && String(value.metricName).endsWith('_count'));
  return Object.fromEntries(counts.map(({ labels, value }) => [`${labels['operation']} ${labels['outcome']}`, value]));
}

const hang = (): Promise<never> => Promise.withResolvers<never>().promise;
const down = new Unavailable('UPSTREAM_DOWN', { publicMessage: 'It does not answer.' });

function failing(times: number): { calls: number; run: () => Promise<string> } {
  const state = {
    calls: 0,
    run: async (): Promise<string> => {
      state.calls += 1;
      if (state.calls <= times) throw down;
      return 'done';
    },
  };
  return state;
}

test('Y-24 measures a call that works', async () => {
  const bench = setUp();
  const signal = new AbortController().signal;

  await expect(bench.caller.call('list_issues', { signal, retryable: true }, async () => 'done')).resolves.toBe('done');

  expect(await outcomes(bench)).toEqual({ 'list_issues ok': 1 });
});

test('Y-24 repeats a retryable call and measures every attempt', async () => {
  const bench = setUp();
  const outside = failing(2);

  const result = bench.caller.call(
    'list_issues',
    { signal: new AbortController().signal, retryable: true },
    outside.run,
  );
  await bench.clock.elapse(1_000);

  await expect(result).resolves.toBe('done');
  expect(await outcomes(bench)).toEqual({ 'list_issues ok': 1, 'list_issues UPSTREAM_DOWN': 2 });
});

test('does not repeat a call that may not be done twice', async () => {
  const bench = setUp();
  const outside = failing(1);

  const result = bench.caller.call(
    'create_issue',
    { signal: new AbortController().signal, retryable: false },
    outside.run,
  );

  await expect(result).rejects.toBe(down);
  expect(outside.calls).toBe(1);
});

test('limits the time of each attempt', async () => {
  const bench = setUp();

  const result = bench.caller.call('list_issues', { signal: new AbortController().signal, retryable: true }, hang);
  const refusal = caught(result);
  await bench.clock.elapse(10_000);

  expect(await refusal).toMatchObject({ code: 'LIMIT_TIMEOUT' });
  expect(await outcomes(bench)).toEqual({ 'list_issues LIMIT_TIMEOUT': 3 });
});

test('ends with the caller, and measures that as cancelled', async () => {
  const bench = setUp();
  const controller = new AbortController();
  const result = bench.caller.call('list_issues', { signal: controller.signal, retryable: true }, hang);

  controller.abort(new Error('gone'));

  await expect(result).rejects.toThrow('gone');
  expect(await outcomes(bench)).toEqual({ 'list_issues cancelled': 1 });
});

test('measures a foreign error as `error`, so that the label stays bounded', async () => {
  const bench = setUp();

  const result = bench.caller.call('list_issues', { signal: new AbortController().signal, retryable: true }, () =>
    Promise.reject(new TypeError(`fetch failed ${Math.random()}`)),
  );

  await expect(result).rejects.toThrow(TypeError);
  expect(await outcomes(bench)).toEqual({ 'list_issues error': 1 });
});

test('lets two outside systems share the metric of one process', async () => {
  const bench = setUp();
  const slack = createOutsideCaller({
    system: 'slack',
    metrics: bench.metrics,
    clock: bench.clock,
    timeoutMs: 1_000,
    retries: 0,
  });
  const signal = new AbortController().signal;

  await slack.call('post_message', { signal, retryable: false }, async () => 'done');
  await bench.caller.call('list_issues', { signal, retryable: false }, async () => 'done');

  expect(await outcomes(bench)).toEqual({ 'post_message ok': 1, 'list_issues ok': 1 });
});
