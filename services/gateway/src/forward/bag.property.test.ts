import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bag, type Bagged } from './bag.ts';

interface Named extends Bagged {
  readonly name: number;
}

function contentOf(bag: Bag<Named>): readonly number[] {
  const names: number[] = [];
  bag.forEach(({ name }) => names.push(name));
  return names.toSorted((one, other) => one - other);
}

test('holds what was put in and not taken out, however often and in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(20))), (steps) => {
      const items = Array.from({ length: 21 }, (_, name): Named => ({ name, bagIndex: -1 }));
      const bag = new Bag<Named>();
      const expected = new Set<number>();
      for (const [isIn, name] of steps) {
        const item = items[name];
        if (item === undefined) continue;
        if (!isIn) bag.remove(item);
        else if (!expected.has(name)) bag.add(item);
        if (isIn) expected.add(name);
        else expected.delete(name);
      }
      expect(bag.size).toBe(expected.size);
      expect(contentOf(bag)).toEqual([...expected].toSorted((one, other) => one - other));
    }),
  );
});

test('each item is met once, also when it is taken out on the way', () => {
  const bag = new Bag<Named>();
  for (let name = 0; name < 5; name += 1) bag.add({ name, bagIndex: -1 });
  const met: number[] = [];

  bag.forEach((item) => {
    met.push(item.name);
    bag.remove(item);
  });

  expect(met.toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4]);
  expect(bag.size).toBe(0);
});
