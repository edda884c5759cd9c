import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeLabels } from './merge-labels.ts';

test('S-94: starts from what the first label says', () => {
  expect(
    mergeLabels(undefined, { integrity: 'untrusted', confidentiality: 'public', source: 'github:acme/shop#1' }),
  ).toEqual({
    integrity: 'untrusted',
    confidentiality: 'public',
    source: 'github:acme/shop#1',
  });
});

test('joins sources once each', () => {
  const first = mergeLabels(undefined, { source: 'a' });
  const second = mergeLabels(mergeLabels(first, { source: 'b' }), { source: 'a' });

  expect(second.source).toBe('a b');
});

test('property: integrity only falls and confidentiality only rises', () => {
  const order = ['public', 'internal', 'private'];
  const label = fc.record(
    {
      integrity: fc.constantFrom('trusted' as const, 'untrusted' as const),
      confidentiality: fc.constantFrom('public' as const, 'internal' as const, 'private' as const),
    },
    { requiredKeys: [] },
  );

  fc.assert(
    fc.property(fc.array(label, { minLength: 1 }), (labels) => {
      let known = mergeLabels(undefined, {});
      for (const added of labels) {
        const next = mergeLabels(known, added);
        expect(known.integrity === 'untrusted' && next.integrity === 'trusted').toBe(false);
        expect(order.indexOf(next.confidentiality)).toBeGreaterThanOrEqual(order.indexOf(known.confidentiality));
        known = next;
      }
    }),
  );
});
