import { systemClock } from '@fairlead/server-kit/runtime';
import { expect, test } from 'vitest';
import { createCachedProbe } from './cached-probe.ts';

function setup(ask: (signal: AbortSignal) => Promise<boolean>, timeoutMs = 5_000) {
  let nowMs = 0;
  let asked = 0;
  const counted = (signal: AbortSignal): Promise<boolean> => {
    asked += 1;
    return ask(signal);
  };
  const clock = { ...systemClock, monotonicMs: () => nowMs };
  const probe = createCachedProbe({ ask: counted, clock, holdsMs: 30_000, failureHoldsMs: 5_000, timeoutMs });
  return { probe, asked: () => asked, passMs: (spanMs: number) => (nowMs += spanMs) };
}

test('asks once for callers within the time that an answer holds', async () => {
  const { probe, asked, passMs } = setup(() => Promise.resolve(true));

  expect(await Promise.all([probe(), probe()])).toEqual([true, true]);
  passMs(29_999);
  expect(await probe()).toBe(true);

  expect(asked()).toBe(1);
});

test('asks again when the answer is old', async () => {
  const answers = [true, false];
  const { probe, passMs } = setup(() => Promise.resolve(answers.shift() ?? true));
  expect(await probe()).toBe(true);

  passMs(30_000);

  expect(await probe()).toBe(false);
});

test('forgets a no sooner, so that a system that is back is seen', async () => {
  const answers = [false, true];
  const { probe, passMs } = setup(() => Promise.resolve(answers.shift() ?? false));
  expect(await probe()).toBe(false);

  passMs(5_000);

  expect(await probe()).toBe(true);
});

test('a question that takes too long, or fails, counts as no', async () => {
  expect(await setup(() => new Promise(() => undefined), 5).probe()).toBe(false);
  expect(await setup(() => Promise.reject(new Error('down'))).probe()).toBe(false);
});
