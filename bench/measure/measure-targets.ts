import type { Bench } from '../bench.ts';
import { interleave } from './interleave.ts';
import { measureSample, type Sample } from './measure-sample.ts';
import type { Target, Volume } from './target.ts';
import { warmUp } from './warm-up.ts';

/** Connections under which CPU time and rate are measured (04 G-01, 03 P-21). */
export const connectionCount = 16;

const warmUpOptions = { connections: connectionCount, callsMin: 6_000, wallMsMin: 2_000 } as const;

/** A subject so cheap that this many calls take less than the wanted time is precise enough: 1 tick in 100 or better. */
export const callsPerSampleMax = 100_000;
const callsPerSampleMin = 500;

/** Calls get cheaper after the warm-up too, and no sample should fall short of its time. */
const reserve = 1.2;

/** Warms up all targets, then measures them in turn. Answers the samples of each target by its name. */
export async function measureTargets(
  bench: Bench,
  targets: readonly Target[],
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const { options, load, say } = bench;
  const volumes = new Map<string, Volume>();
  for (const target of targets) {
    const warm = await warmUp(load, target, warmUpOptions);
    const calls = options.callsPerSample ?? callsToFill(options.cpuSecondsPerSample, warm);
    volumes.set(target.name, { connections: connectionCount, calls });
    say(`  ${target.name}: ${calls} calls a sample`);
  }
  return interleave(targets, options.rounds, async (target) => {
    const volume = volumes.get(target.name);
    if (volume === undefined) throw new RangeError(`${target.name} was not warmed up`);
    const sample = await measureSample(load, target, volume);
    say(`  ${target.name}: ${sample.cpuMicrosPerCall.toFixed(1)} µs/call, ${sample.callsPerSecond.toFixed(0)} calls/s`);
    return sample;
  });
}

function callsToFill(cpuSeconds: number, { cpuMicrosPerCall }: Sample): number {
  const wanted = Math.ceil((cpuSeconds * reserve * 1_000_000) / Math.max(cpuMicrosPerCall, 1));
  return Math.min(Math.max(wanted, callsPerSampleMin), callsPerSampleMax);
}
