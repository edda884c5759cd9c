/** A bound on how many things run at once. */
export interface Slots {
  /**
   * Runs `action` when a slot is free; who waits longest goes first.
   *
   * @throws The signal's reason when it aborts before the turn comes; what `action` throws.
   */
  use<Result>(signal: AbortSignal, action: () => Promise<Result>): Promise<Result>;
}

/** Makes `count` slots. */
export function createSlots(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = count;

  const acquire = (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(signal.reason);
      };
      waiting.push(turn);
      signal.addEventListener('abort', leave, { once: true });
    });
  };

  // The slot passes from hand to hand: it becomes free only when nobody waits.
  const release = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };

  return {
    async use(signal, action) {
      await acquire(signal);
      try {
        return await action();
      } finally {
        release();
      }
    },
  };
}
