import { systemClock, type Clock } from '@fairlead/server-kit/runtime';

/** The computer's clock, on which waits between tries end at once and are remembered. */
export interface HastyClock extends Clock {
  /** The waits that were asked for, in milliseconds. */
  readonly waitsMs: readonly number[];
}

/** Makes a hasty clock. Time limits (`limitMs`) keep their length. */
export function createHastyClock(limitMs: number): HastyClock {
  const waitsMs: number[] = [];
  return {
    ...systemClock,
    waitsMs,
    schedule(delayMs, action) {
      if (delayMs === limitMs) return systemClock.schedule(delayMs, action);
      waitsMs.push(delayMs);
      return systemClock.schedule(0, action);
    },
  };
}
