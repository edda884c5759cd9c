import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from './row-page.ts';
import { RowTaker } from './row-taker.ts';

const cells = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.integer(), fc.boolean(), fc.constant(null));
const tables = fc.array(fc.array(cells, { minLength: 1, maxLength: 4 }), { maxLength: 40 });
const limits = fc.record({ rowsMax: fc.integer({ min: 1, max: 10 }), bytesMax: fc.integer({ min: 1, max: 200 }) });

function page(rows: readonly Cell[][], options: { skip: number; rowsMax: number; bytesMax: number; batch: number }) {
  const taker = new RowTaker({ cellBytesMax: 1_000, ...options });
  for (let from = 0; from < rows.length && taker.wanted > 0; from += options.batch) {
    taker.push(rows.slice(from, from + options.batch).map((row) => [...row]));
  }
  return taker.finish();
}

// 05 T-81: paging has no gap and no double while nothing changes, whatever the caps and the size of batches.
test('pages follow each other without a gap and without a double', () => {
  fc.assert(
    fc.property(tables, limits, fc.integer({ min: 1, max: 7 }), (rows, caps, batch) => {
      const seen: Cell[][] = [];
      for (;;) {
        const taken = page(rows, { skip: seen.length, ...caps, batch });
        seen.push(...taken.rows);
        if (taken.cutBy === undefined) break;
        expect(taken.rows.length).toBeGreaterThan(0);
      }
      expect(seen).toEqual(rows);
    }),
    { numRuns: 200 },
  );
});

test('no cap is exceeded, except that one row is always given', () => {
  fc.assert(
    fc.property(tables, limits, (rows, caps) => {
      const taken = page(rows, { skip: 0, ...caps, batch: 5 });
      const bytes = taken.rows
        .flat()
        .reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? Buffer.byteLength(cell) : 8), 0);

      expect(taken.rows.length).toBeLessThanOrEqual(caps.rowsMax);
      expect(taken.rows.length <= 1 || bytes <= caps.bytesMax).toBe(true);
    }),
    { numRuns: 200 },
  );
});
