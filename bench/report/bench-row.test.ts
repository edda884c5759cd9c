import { expect, test } from 'vitest';
import { benchRow, createRow } from './bench-row.ts';
import { judgeRow } from './judge-row.ts';

test('holds the median, its ratio to the median of the baseline, and the spread (V-83)', () => {
  const row = createRow({ name: 'kit.call.cpu.modern', samples: [120, 100, 90], baseline: [500, 400, 700] });

  expect(row).toEqual({
    name: 'kit.call.cpu.modern',
    unit: 'µs/call',
    value: 100,
    baseline: 500,
    ratio: 0.2,
    samples: [120, 100, 90],
    spread: { min: 90, max: 120 },
  });
  expect(benchRow.parse(row)).toEqual(row);
});

test('judges a ratio by its bound', () => {
  const verdicts = [25, 25.1].map((value) =>
    judgeRow(createRow({ name: 'kit.call.cpu.modern', samples: [value], baseline: [100] })),
  );

  expect(verdicts).toEqual(['holds', 'does not hold']);
});

test('asks for both bounds of a row that has two', () => {
  const memory = [
    { now: 119, before: 118 },
    { now: 121, before: 120 },
    // Memory that grows by 10 % over 100,000 calls will be above the bound some day.
    { now: 110, before: 100 },
  ];

  const verdicts = memory.map(({ now, before }) =>
    judgeRow(createRow({ name: 'gateway.rss', samples: [now], baseline: [before] })),
  );

  expect(verdicts).toEqual(['holds', 'does not hold', 'does not hold']);
});

test('makes no ratio to a baseline that was lost in noise, and judges nothing by it', () => {
  const row = createRow({ name: 'gateway.latency.p50.pass', samples: [0.3], baseline: [-0.01] });

  expect(row.ratio).toBeUndefined();
  expect(judgeRow(row)).toBe('not judged');
});
