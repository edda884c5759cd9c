import { expect, test } from 'vitest';
import { createXoshiro128, seedXoshiro128 } from './xoshiro128.ts';

// The first outputs of the authors' C code from this state.
test('makes the published numbers from the state 1, 2, 3, 4', () => {
  const random = createXoshiro128([1, 2, 3, 4]);

  const numbers = Array.from({ length: 4 }, () => random.next());

  expect(numbers).toEqual([11_520, 0, 5_927_040, 70_819_200]);
});

test('makes other numbers for another stream of one seed, and the same ones again for the same', () => {
  const first = createXoshiro128(seedXoshiro128(20_261_120, 1));
  const again = createXoshiro128(seedXoshiro128(20_261_120, 1));
  const other = createXoshiro128(seedXoshiro128(20_261_120, 2));

  const numbers = [first, again, other].map((random) => Array.from({ length: 8 }, () => random.next()));

  expect(numbers[0]).toEqual(numbers[1]);
  expect(numbers[0]).not.toEqual(numbers[2]);
});

test('draws every number below the bound about equally often', () => {
  const random = createXoshiro128(seedXoshiro128(7, 7));
  const counts = [0, 0, 0, 0, 0];

  for (let draw = 0; draw < 50_000; draw += 1) {
    const number = random.below(5);
    counts[number] = (counts[number] ?? 0) + 1;
  }

  expect(counts).toHaveLength(5);
  expect(Math.min(...counts)).toBeGreaterThan(9_500);
  expect(Math.max(...counts)).toBeLessThan(10_500);
});

test('refuses a state of zeros', () => {
  expect(() => createXoshiro128([0, 0, 0, 0])).toThrow('all zero');
});
