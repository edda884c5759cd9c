import { expect, test } from 'vitest';
import { interleave } from './interleave.ts';

// V-82: a host that slows down in the second half must not slow down only the second thing.
test('measures in rounds, not thing by thing', async () => {
  const order: string[] = [];

  const samples = await interleave([{ name: 'a' }, { name: 'b' }], 2, ({ name }) => Promise.resolve(order.push(name)));

  expect(order).toEqual(['a', 'b', 'a', 'b']);
  expect(samples).toEqual(
    new Map([
      ['a', [1, 3]],
      ['b', [2, 4]],
    ]),
  );
});
