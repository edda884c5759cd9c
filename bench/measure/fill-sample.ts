import type { CpuSample } from './measure-sample.ts';

/** When a sample is long enough: as soon as it has either. */
export interface SampleLength {
  readonly cpuSecondsMin: number;
  readonly callsMax: number;
}

/**
 * Measures part after part until all of them together have cost the subject enough for the clock (09 V-81). How many it
 * takes cannot be told beforehand: calls get cheaper while they are measured. The last part may go past the length.
 */
export async function fillSample(
  measurePart: () => Promise<CpuSample>,
  { cpuSecondsMin, callsMax }: SampleLength,
): Promise<CpuSample> {
  let calls = 0;
  let cpuSeconds = 0;
  let wallSeconds = 0;
  while (cpuSeconds < cpuSecondsMin && calls < callsMax) {
    const part = await measurePart();
    calls += part.calls;
    cpuSeconds += part.cpuSeconds;
    wallSeconds += part.calls / part.callsPerSecond;
  }
  return {
    calls,
    cpuSeconds,
    cpuMicrosPerCall: (cpuSeconds * 1_000_000) / calls,
    callsPerSecond: calls / wallSeconds,
  };
}
