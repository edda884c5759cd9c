import { createOutsideCaller } from '@fairlead/server-kit/resilience';
import { createMetrics } from '@fairlead/server-kit/runtime';
import { expect, test } from 'vitest';
import { createHastyClock } from '../../test/hasty-clock.ts';
import { upstreamErrors } from './upstream-errors.ts';
import { createUpstream } from './upstream.ts';

const names = {
  system: 'GitHub',
  urlSetting: 'GITHUB_URL',
  tokenSetting: 'GITHUB_TOKEN',
  redact: (text: string) => text,
};
const errors = upstreamErrors(names);
const { signal } = new AbortController();

function setup() {
  const timeoutMs = 20_000;
  const clock = createHastyClock(timeoutMs);
  const metrics = createMetrics({ name: 'test' });
  const caller = createOutsideCaller({ system: 'github', metrics, clock, timeoutMs, retries: 0 });
  return { upstream: createUpstream({ caller, errors, clock, concurrency: 1 }), clock, metrics };
}

/** A request that fails in turn with each error, then answers `done`. */
function failing(...failures: readonly Error[]) {
  const left = [...failures];
  let sent = 0;
  const request = (): Promise<string> => {
    sent += 1;
    const failure = left.shift();
    return failure ? Promise.reject(failure) : Promise.resolve('done');
  };
  return { request, sent: () => sent };
}

test('tries a read again while the system is down', async () => {
  const { request, sent } = failing(errors.down('unchanged', undefined), errors.down('unchanged', undefined));

  expect(await setup().upstream.read('list', signal, request)).toBe('done');
  expect(sent()).toBe(3);
});

test('never sends a change again when the system is down', async () => {
  const { request, sent } = failing(errors.down('unchanged', undefined));

  await expect(setup().upstream.change('create', signal, request)).rejects.toMatchObject({ code: 'UPSTREAM_DOWN' });
  expect(sent()).toBe(1);
});

// 06 §7: a limit refuses before it acts, so what it refused may be sent once more.
test.each(['read', 'change'] as const)('a %s waits out a limit of up to ten seconds, once', async (kind) => {
  const { upstream, clock } = setup();
  const { request, sent } = failing(errors.rateLimited(10, undefined));

  expect(await upstream[kind]('list', signal, request)).toBe('done');
  expect(sent()).toBe(2);
  expect(clock.waitsMs).toContain(10_000);
});

test.each([
  ['is longer', [errors.rateLimited(11, undefined)], 1],
  ['does not say how long it lasts', [errors.rateLimited(undefined, undefined)], 1],
  ['comes again', [errors.rateLimited(1, undefined), errors.rateLimited(1, undefined)], 2],
])('a limit that %s goes to the caller', async (_what, failures, requests) => {
  const { request, sent } = failing(...failures);

  await expect(setup().upstream.read('list', signal, request)).rejects.toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
  expect(sent()).toBe(requests);
});

test('waiting ends when the caller cancels', async () => {
  const { upstream } = setup();
  const cancel = new AbortController();
  const request = (): Promise<string> => {
    cancel.abort(new Error('the caller went away'));
    return Promise.reject(errors.rateLimited(5, undefined));
  };

  await expect(upstream.read('list', cancel.signal, request)).rejects.toThrow('the caller went away');
});

test('sends no more requests at once than it may', async () => {
  const { upstream } = setup();
  const first = Promise.withResolvers<string>();
  const { request, sent } = failing();
  const running = upstream.read('list', signal, () => first.promise);
  const waiting = upstream.read('list', signal, request);
  await Promise.resolve();
  expect(sent()).toBe(0);

  first.resolve('first');

  expect(await Promise.all([running, waiting])).toEqual(['first', 'done']);
});

test('measures each request by its name and outcome', async () => {
  const { upstream, metrics } = setup();
  await upstream.read('list_issues', signal, failing(errors.down('unchanged', undefined)).request);

  const lines = (await metrics.registry.metrics()).split('\n');

  const counts = lines.filter((line) => line.startsWith('fairlead_outside_call_seconds_count{'));
  expect(counts).toEqual([
    expect.stringContaining('system="github",operation="list_issues",outcome="UPSTREAM_DOWN"} 1'),
    expect.stringContaining('system="github",operation="list_issues",outcome="ok"} 1'),
  ]);
});
