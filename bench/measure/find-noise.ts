import { fullMeasure } from '../bench-options.ts';
import type { CpuSample } from './measure-sample.ts';
import { callsPerSampleMax } from './measure-targets.ts';
import { median } from './median.ts';

/** What tells whether a run may be believed. */
export interface NoiseSigns {
  /** Samples of the bare echo: their spread is the host's. Absent: the area has no echo. */
  readonly echo?: readonly CpuSample[];
  /** All samples of CPU time. */
  readonly samples: readonly CpuSample[];
  readonly rounds: number;
  /** Mean number of processes that wanted a core, over the last minute. */
  readonly loadAverage: number;
  readonly cores: number;
}

/** Most that the echo may vary, as a part of its median, and most processes per core that may want to run (09 V-82). */
const echoSpreadMax = 0.2;
const loadPerCoreMax = 2;

/** Says why the numbers of a run are not to be relied on; an empty list when they are. */
export function findNoise({ echo = [], samples, rounds, loadAverage, cores }: NoiseSigns): readonly string[] {
  const { rounds: roundsMin, cpuSecondsPerSample: secondsMin } = fullMeasure;
  const echoSpread = echo.length === 0 ? 0 : relativeSpread(echo.map(({ cpuMicrosPerCall }) => cpuMicrosPerCall));
  const shortest = Math.min(
    ...samples.filter(({ calls }) => calls < callsPerSampleMax).map(({ cpuSeconds }) => cpuSeconds),
  );
  return [
    ...(echoSpread > echoSpreadMax ? [`the echo varied by ${(echoSpread * 100).toFixed(0)} %`] : []),
    ...(loadAverage > loadPerCoreMax * cores ? [`load average ${loadAverage.toFixed(1)} on ${cores} cores`] : []),
    ...(rounds < roundsMin ? [`${rounds} rounds instead of ${roundsMin}`] : []),
    ...(shortest < secondsMin ? [`a sample of ${shortest.toFixed(1)} s of CPU time instead of ${secondsMin} s`] : []),
  ];
}

function relativeSpread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}
