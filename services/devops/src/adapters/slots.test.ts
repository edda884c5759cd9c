import { expect, test } from 'vitest';
import { createSlots } from './slots.ts';

const { signal } = new AbortController();

function gate() {
  return Promise.withResolvers<void>();
}

test('runs no more at once than there are slots, and lets the next in when one is free', async () => {
  const slots = createSlots(2);
  const started: string[] = [];
  const gates = { a: gate(), b: gate(), c: gate() };
  const run = (name: 'a' | 'b' | 'c') =>
    slots.use(signal, async () => {
      started.push(name);
      await gates[name].promise;
    });

  const runs = [run('a'), run('b'), run('c')];
  await Promise.resolve();
  expect(started).toEqual(['a', 'b']);
  gates.b.resolve();
  await runs[1];
  gates.a.resolve();
  gates.c.resolve();
  await Promise.all(runs);

  expect(started).toEqual(['a', 'b', 'c']);
});

test('gives the slot back when the action fails', async () => {
  const slots = createSlots(1);
  await expect(slots.use(signal, () => Promise.reject(new Error('no')))).rejects.toThrow('no');

  await expect(slots.use(signal, () => Promise.resolve('yes'))).resolves.toBe('yes');
});

test('who is cancelled while it waits leaves the queue with the reason', async () => {
  const slots = createSlots(1);
  const first = gate();
  const running = slots.use(signal, () => first.promise);
  const cancel = new AbortController();
  let ran = false;
  const waiting = slots.use(cancel.signal, () => Promise.resolve((ran = true)));

  cancel.abort(new Error('not wanted any more'));
  await expect(waiting).rejects.toThrow('not wanted any more');
  first.resolve();
  await running;

  expect(ran).toBe(false);
  await expect(slots.use(signal, () => Promise.resolve('free'))).resolves.toBe('free');
});
