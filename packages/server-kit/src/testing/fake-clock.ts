import type { Clock } from '../runtime/clock.ts';

/** A clock that moves only when a test says so. */
export interface FakeClock extends Clock {
  /**
   * Moves time forward and runs what becomes due, in order of time, each at its own moment. Waits after each for the
   * promises that it settles, so that work behind an `await` has run when this returns.
   */
  advance(ms: number): Promise<void>;
  /** How many scheduled actions wait; 0 shows that nothing was left behind. */
  readonly pending: number;
}

interface Scheduled {
  readonly dueMs: number;
  readonly action: () => void;
}

/**
 * Makes a fake clock.
 *
 * @param start the time of day at the beginning; default 2026-01-01T00:00:00Z.
 */
export function createFakeClock(start: Date = new Date('2026-01-01T00:00:00.000Z')): FakeClock {
  const scheduled = new Set<Scheduled>();
  let elapsedMs = 0;

  async function runDue(untilMs: number): Promise<void> {
    const next = earliest(scheduled, untilMs);
    if (next === undefined) return;
    scheduled.delete(next);
    elapsedMs = Math.max(elapsedMs, next.dueMs);
    next.action();
    await settle();
    await runDue(untilMs);
  }

  return {
    now: () => new Date(start.getTime() + elapsedMs),
    monotonicMs: () => elapsedMs,
    schedule(delayMs, action) {
      const entry = { dueMs: elapsedMs + Math.max(0, delayMs), action };
      scheduled.add(entry);
      return () => {
        scheduled.delete(entry);
      };
    },
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      await settle();
      await runDue(untilMs);
      elapsedMs = untilMs;
    },
    get pending() {
      return scheduled.size;
    },
  };
}

/** The first that is due; of those due together, the one that was scheduled first. */
function earliest(scheduled: ReadonlySet<Scheduled>, untilMs: number): Scheduled | undefined {
  let first: Scheduled | undefined;
  for (const entry of scheduled) {
    if (entry.dueMs <= untilMs && (first === undefined || entry.dueMs < first.dueMs)) first = entry;
  }
  return first;
}

/** One turn of the event loop: every promise that is settled by now has told its followers. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
