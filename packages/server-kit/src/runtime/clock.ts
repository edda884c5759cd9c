/** Time, passed in so that a test can own it. */
export interface Clock {
  /** The time of day. */
  now(): Date;
  /** Milliseconds that only ever rise; for measuring spans. */
  monotonicMs(): number;
  /** Runs `action` once after `delayMs`. The returned function cancels it. Does not keep the process alive. */
  schedule(delayMs: number, action: () => void): () => void;
}

/** The computer's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  schedule(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
