import type { LoadGenerator } from '../load/load-generator.ts';
import { cpuMicrosOfProcessTree } from './cpu-of-process-tree.ts';
import { orderFor, type Target, type Volume } from './target.ts';

/** What calls cost the subject. */
export interface CpuSample {
  readonly calls: number;
  /** CPU time that the subject used in all, in seconds. */
  readonly cpuSeconds: number;
  readonly cpuMicrosPerCall: number;
  readonly callsPerSecond: number;
}

/** One measured run: what it cost, and how long its calls took. */
export interface Sample extends CpuSample {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Runs load on a target and reads what it cost the subject. */
export async function measureSample(load: LoadGenerator, target: Target, volume: Volume): Promise<Sample> {
  const beforeMicros = cpuMicrosOfProcessTree(target.subject.pid);
  const { wallMs, p50Ms, p99Ms } = await load.run(orderFor(target, volume));
  const cpuMicros = cpuMicrosOfProcessTree(target.subject.pid) - beforeMicros;
  return {
    calls: volume.calls,
    cpuSeconds: cpuMicros / 1_000_000,
    cpuMicrosPerCall: cpuMicros / volume.calls,
    callsPerSecond: (volume.calls / wallMs) * 1_000,
    p50Ms,
    p99Ms,
  };
}
