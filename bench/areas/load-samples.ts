import { cpus, loadavg } from 'node:os';
import { findNoise } from '../measure/find-noise.ts';
import type { CpuSample } from '../measure/measure-sample.ts';
import { samplesOf } from '../measure/samples-of.ts';

/** The samples of an area, read by what rows are made of. */
export class LoadSamples {
  readonly #measured: ReadonlyMap<string, readonly CpuSample[]>;

  constructor(measured: ReadonlyMap<string, readonly CpuSample[]>) {
    this.#measured = measured;
  }

  /** CPU time per call of a target in microseconds, of each round. */
  cpu(target: string): readonly number[] {
    return samplesOf(this.#measured, target).map(({ cpuMicrosPerCall }) => cpuMicrosPerCall);
  }

  /** Calls per second of a target, of each round. */
  rate(target: string): readonly number[] {
    return samplesOf(this.#measured, target).map(({ callsPerSecond }) => callsPerSecond);
  }

  /** Why these samples are not to be relied on, as the host is now. `echo` is the target that gauges it. */
  noise(echo: string, rounds: number): readonly string[] {
    return findNoise({
      echo: samplesOf(this.#measured, echo),
      samples: [...this.#measured.values()].flat(),
      rounds,
      loadAverage: loadavg()[0] ?? 0,
      cores: cpus().length,
    });
  }
}
