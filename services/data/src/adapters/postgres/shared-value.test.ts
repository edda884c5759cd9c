import { createFakeClock } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { SharedValue } from './shared-value.ts';

function shared(results: readonly (number | Error)[]) {
  const clock = createFakeClock();
  let loads = 0;
  const value = new SharedValue<number>({
    clock,
    keepMs: () => 1_000,
    load: () => {
      const result = results[loads] ?? new Error('no more results');
      loads += 1;
      return typeof result === 'number' ? Promise.resolve(result) : Promise.reject(result);
    },
  });
  return { clock, value, loads: () => loads };
}

test('loads once for callers who come together, and again when the value is too old', async () => {
  const { clock, value, loads } = shared([1, 2]);

  expect(await Promise.all([value.current(), value.current()])).toEqual([1, 1]);
  await clock.advance(999);
  expect(await value.current()).toBe(1);
  await clock.advance(1);
  expect(await value.current()).toBe(2);
  expect(loads()).toBe(2);
});

test('does not keep a failure', async () => {
  const { value } = shared([new Error('down'), 7]);

  await expect(value.current()).rejects.toThrow('down');
  expect(await value.current()).toBe(7);
});
