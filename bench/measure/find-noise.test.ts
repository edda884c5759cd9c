import { expect, test } from 'vitest';
import { findNoise, type NoiseSigns } from './find-noise.ts';
import type { CpuSample } from './measure-sample.ts';

const quiet: NoiseSigns = { samples: [sample({})], rounds: 5, loadAverage: 3.9, cores: 2 };

test('believes a run of full length on a host that is not crowded', () => {
  expect(findNoise(quiet)).toEqual([]);
});

test('names an echo whose spread is above 20 % (V-82)', () => {
  const echo = [100, 110, 125].map((cpuMicrosPerCall) => sample({ cpuMicrosPerCall }));

  expect(findNoise({ ...quiet, echo })).toEqual(['the echo varied by 23 %']);
});

test('names a load average of more than twice the cores (V-82)', () => {
  expect(findNoise({ ...quiet, loadAverage: 4.1 })).toEqual(['load average 4.1 on 2 cores']);
});

test('names too few rounds', () => {
  expect(findNoise({ ...quiet, rounds: 2 })).toEqual(['2 rounds instead of 5']);
});

// V-81: a tick is 10 ms, so half a second of CPU time is off by up to 2 %.
test('names a sample that is too short for the clock', () => {
  expect(findNoise({ ...quiet, samples: [sample({ cpuSeconds: 0.5 })] })).toEqual([
    'a sample of 0.5 s of CPU time instead of 5 s',
  ]);
});

test('believes a short sample of very many calls', () => {
  expect(findNoise({ ...quiet, samples: [sample({ cpuSeconds: 1.2, calls: 100_000 })] })).toEqual([]);
});

function sample(differs: Partial<CpuSample>): CpuSample {
  return { calls: 50_000, cpuSeconds: 5, cpuMicrosPerCall: 100, callsPerSecond: 9_000, ...differs };
}
