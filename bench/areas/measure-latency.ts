import type { Bench } from '../bench.ts';
import { interleave } from '../measure/interleave.ts';
import { measureSample, type Sample } from '../measure/measure-sample.ts';
import { samplesOf } from '../measure/samples-of.ts';
import type { Target } from '../measure/target.ts';
import { createRow, type BenchRow } from '../report/bench-row.ts';

/** The ways to the same server. */
export interface LatencyTargets {
  readonly gateway: Target;
  readonly pass: Target;
  /** Nothing in between. */
  readonly direct: Target;
}

/**
 * Measures what the gateway and the bare pass-through add to a call, one call at a time: the time through them less the
 * time without them, round by round (04 G-04).
 */
export async function measureLatency(bench: Bench, targets: LatencyTargets): Promise<readonly BenchRow[]> {
  const { options, load, say } = bench;
  const volume = { connections: 1, calls: options.latencyCalls };
  say('  latency, one call at a time');
  const measured = await interleave(Object.values(targets), options.rounds, (target) =>
    measureSample(load, target, volume),
  );
  const added = (target: Target, part: 'p50Ms' | 'p99Ms') =>
    difference(samplesOf(measured, target.name), samplesOf(measured, targets.direct.name), part);
  return (['p50Ms', 'p99Ms'] as const).map((part) =>
    createRow({
      name: part === 'p50Ms' ? 'gateway.latency.p50.pass' : 'gateway.latency.p99.pass',
      samples: added(targets.gateway, part),
      baseline: added(targets.pass, part),
    }),
  );
}

function difference(through: readonly Sample[], direct: readonly Sample[], part: 'p50Ms' | 'p99Ms'): readonly number[] {
  return through.map((sample, round) => sample[part] - (direct[round]?.[part] ?? 0));
}
