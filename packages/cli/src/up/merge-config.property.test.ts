import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeConfig } from './merge-config.ts';

const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 }));
const key = fc.constantFrom('a', 'b', 'c', 'd');
const { map } = fc.letrec<{ map: Record<string, unknown> }>((tie) => ({
  map: fc.dictionary(key, fc.oneof({ maxDepth: 3 }, leaf, tie('map')), { maxKeys: 3, noNullPrototype: true }),
}));

test('laying nothing over a config changes nothing, and laying it over nothing gives it back', () => {
  fc.assert(
    fc.property(map, (config) => {
      expect(mergeConfig(config, {})).toEqual(config);
      expect(mergeConfig({}, config)).toEqual(config);
    }),
    { numRuns: 200 },
  );
});

test('laying the same config over again changes nothing', () => {
  fc.assert(
    fc.property(map, map, (base, over) => {
      const once = mergeConfig(base, over);

      expect(mergeConfig(once, over)).toEqual(once);
    }),
    { numRuns: 200 },
  );
});
