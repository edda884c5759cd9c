import { expect, test } from 'vitest';
import { RequestCancellation } from '../call/cancellation.ts';
import { OpenCalls, openCallKey } from './open-calls.ts';

test('P-07: cancels the one call under a key', () => {
  const calls = new OpenCalls();
  const call = new RequestCancellation();
  calls.add(openCallKey('ana', undefined, 1), call);

  expect(calls.cancel(openCallKey('ana', undefined, 1))).toBe(true);
  expect(call.isCancelled).toBe(true);
});

test('P-01: keeps numbers and texts, callers and sessions apart', () => {
  const calls = new OpenCalls();
  const call = new RequestCancellation();
  calls.add(openCallKey('ana', 's1', 1), call);

  for (const key of [openCallKey('ana', 's1', '1'), openCallKey('ben', 's1', 1), openCallKey('ana', 's2', 1)]) {
    expect(calls.cancel(key)).toBe(false);
  }
  expect(call.isCancelled).toBe(false);
});

test('cancels none when two calls share the key, and the rest once one is over', () => {
  const calls = new OpenCalls();
  const key = openCallKey('ana', undefined, 1);
  const first = new RequestCancellation();
  const second = new RequestCancellation();
  calls.add(key, first);
  calls.add(key, second);

  expect(calls.cancel(key)).toBe(false);
  calls.remove(key, first);
  expect(calls.cancel(key)).toBe(true);
  expect(first.isCancelled).toBe(false);
  expect(second.isCancelled).toBe(true);
});
