import { once } from 'node:events';
import { expect, test } from 'vitest';
import { runTogether } from './run-together.ts';

const quiet = new AbortController().signal;

async function failAtOnce(): Promise<void> {
  throw new Error('the first failure');
}

test('answers in the order of the works', async () => {
  expect(await runTogether([async () => 'a', async () => 'b'], quiet)).toEqual(['a', 'b']);
});

// Whoever cleans up after the failure must not meet a part that is still being started.
test('tells the others of a failure and fails when they have ended', async () => {
  let hasEnded = false;
  const waits = async (signal: AbortSignal): Promise<void> => {
    await once(signal, 'abort');
    hasEnded = true;
    throw new Error('told to stop');
  };

  await expect(runTogether([waits, failAtOnce], quiet)).rejects.toThrow('the first failure');
  expect(hasEnded).toBe(true);
});

test('passes an interrupt on', async () => {
  const outer = new AbortController();
  const work = runTogether([(signal) => once(signal, 'abort').then(() => signal.throwIfAborted())], outer.signal);

  outer.abort();

  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
});
