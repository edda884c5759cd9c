import type { Bench } from '../bench.ts';
import { fillSample } from './fill-sample.ts';
import { interleave } from './interleave.ts';
import { measureSample, type CpuSample } from './measure-sample.ts';
import type { Target, Volume } from './target.ts';
import { warmUp } from './warm-up.ts';

/** Connections under which CPU time and rate are measured (04 G-01, 03 P-21). */
export const connectionCount = 16;

const warmUpOptions = { connections: connectionCount, callsMin: 6_000, wallMsMin: 2_000 } as const;

/** A subject so cheap that this many calls take less than the wanted time is precise enough: 1 tick in 100 or better. */
export const callsPerSampleMax = 100_000;
const callsPerPartMin = 500;
const partsPerSample = 4;

/** Warms up all targets, then measures them in turn. Answers the samples of each target by its name. */
export async function measureTargets(
  bench: Bench,
  targets: readonly Target[],
): Promise<ReadonlyMap<string, readonly CpuSample[]>> {
  const { options, load, say } = bench;
  const parts = new Map<string, Volume>();
  for (const target of targets) {
    const warm = await warmUp(load, target, warmUpOptions);
    const calls = options.callsPerSample ?? callsOfPart(options.cpuSecondsPerSample, warm);
    parts.set(target.name, { connections: connectionCount, calls });
  }
  const length =
    options.callsPerSample === undefined
      ? { cpuSecondsMin: options.cpuSecondsPerSample, callsMax: callsPerSampleMax }
      : { cpuSecondsMin: Infinity, callsMax: options.callsPerSample };
  return interleave(targets, options.rounds, async (target) => {
    const part = parts.get(target.name);
    if (part === undefined) throw new RangeError(`${target.name} was not warmed up`);
    const sample = await fillSample(() => measureSample(load, target, part), length);
    const { calls, cpuMicrosPerCall, callsPerSecond } = sample;
    say(
      `  ${target.name}: ${cpuMicrosPerCall.toFixed(1)} µs/call, ${callsPerSecond.toFixed(0)} calls/s, ${calls} calls`,
    );
    return sample;
  });
}

function callsOfPart(cpuSeconds: number, { cpuMicrosPerCall }: CpuSample): number {
  const wanted = Math.ceil((cpuSeconds * 1_000_000) / partsPerSample / Math.max(cpuMicrosPerCall, 1));
  return Math.min(Math.max(wanted, callsPerPartMin), callsPerSampleMax / partsPerSample);
}
