import type { LoadGenerator } from '../load/load-generator.ts';
import { measureSample, type Sample } from './measure-sample.ts';
import type { Target } from './target.ts';

/** What a warm-up must reach before it ends: both. */
export interface WarmUpOptions {
  readonly connections: number;
  /** The compiler rewrites hot functions for the first few thousand calls, however long they take. */
  readonly callsMin: number;
  readonly wallMsMin: number;
}

const chunks = 3;

/** Runs load until a target is warm (09 V-82). All of it is thrown away, but the last part tells how long samples must be. */
export async function warmUp(load: LoadGenerator, target: Target, options: WarmUpOptions): Promise<Sample> {
  const { connections, callsMin, wallMsMin } = options;
  const volume = { connections, calls: Math.ceil(callsMin / chunks) };
  const endMs = performance.now() + wallMsMin;
  let last = await measureSample(load, target, volume);
  for (let chunk = 1; chunk < chunks || performance.now() < endMs; chunk += 1) {
    last = await measureSample(load, target, volume);
  }
  return last;
}
