import { expect, test } from 'vitest';
import { fillSample } from './fill-sample.ts';

const parts = [
  { calls: 1_000, cpuSeconds: 2, cpuMicrosPerCall: 2_000, callsPerSecond: 500 },
  { calls: 1_000, cpuSeconds: 1, cpuMicrosPerCall: 1_000, callsPerSecond: 1_000 },
  { calls: 1_000, cpuSeconds: 1, cpuMicrosPerCall: 1_000, callsPerSecond: 1_000 },
];

function partsInTurn() {
  const left = parts.values();
  return async () => {
    const { value } = left.next();
    if (value === undefined) throw new Error('no part is left');
    return value;
  };
}

test('V-81: measures until the subject has used the wanted time, however cheap its calls become', async () => {
  const sample = await fillSample(partsInTurn(), { cpuSecondsMin: 2.5, callsMax: 100_000 });

  expect(sample).toEqual({ calls: 2_000, cpuSeconds: 3, cpuMicrosPerCall: 1_500, callsPerSecond: 2_000 / 3 });
});

test('ends at the most calls, for subjects that hardly use any time', async () => {
  expect(await fillSample(partsInTurn(), { cpuSecondsMin: 100, callsMax: 3_000 })).toMatchObject({ calls: 3_000 });
});
