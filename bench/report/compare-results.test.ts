import { expect, test } from 'vitest';
import type { BenchResults } from './bench-results.ts';
import { createRow, type BenchRow } from './bench-row.ts';
import { compareResults } from './compare-results.ts';

// The second run is on a host of half the speed: the code did not get slower.
test('compares rows with a baseline by their ratio, not by their value', () => {
  const before = results([createRow({ name: 'kit.call.cpu.modern', samples: [100], baseline: [500] })]);
  const now = results([createRow({ name: 'kit.call.cpu.modern', samples: [200], baseline: [1_000] })]);

  const [, line] = compareResults(before, now);

  expect(line).toMatch(/^kit\.call\.cpu\.modern\s+0\.200\s+0\.200\s+\+0\.0 %\s+of the ratio$/);
});

test('compares rows without a baseline by their value, and leaves out rows of one run only', () => {
  const stop = createRow({ name: 'fleet.stop', samples: [2] });
  const before = results([createRow({ name: 'fleet.stop', samples: [1] })]);

  const lines = compareResults(before, results([stop, createRow({ name: 'fleet.rss', samples: [800] })]));

  expect(lines.slice(1)).toEqual([
    expect.stringMatching(/^fleet\.stop\s+1\.000\s+2\.000\s+\+100\.0 %\s+of the value$/),
  ]);
});

function results(rows: BenchRow[]): BenchResults {
  return { commit: 'unknown', node: 'v24.0.0', cpu: 'a processor', cores: 2, loadAverage: 1, rows };
}
