import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

/** Stops of everything that a process started, run in reverse order. */
export interface Lifecycle {
  /** Registers how to stop a part, in the line that starts it. */
  onStop(part: string, stop: () => Promise<void> | void): void;
  /** Aborted when the process begins to drain. */
  readonly draining: AbortSignal;
}

/** A lifecycle that its owner can end. */
export interface OwnedLifecycle extends Lifecycle {
  /**
   * Begins to drain and stops all parts, the youngest first. Takes at most `deadlineMs`, and 250 ms for each part that
   * is left when it has passed; a part that hangs is logged and left behind. Never rejects. A second call gets the
   * first one's promise.
   */
  stop(reason: string, deadlineMs: number): Promise<void>;
}

/** What a lifecycle needs. */
export interface LifecycleOptions {
  readonly log: Logger;
  readonly clock: Clock;
}

interface Part {
  readonly name: string;
  readonly stop: () => Promise<void> | void;
}

// Kept back for each part that still waits, so that one that hangs does not take the time of all others.
const reserveMs = 250;

/** Makes the lifecycle of a process. */
export function createLifecycle({ log, clock }: LifecycleOptions): OwnedLifecycle {
  const controller = new AbortController();
  const parts: Part[] = [];
  let stopping: Promise<void> | undefined;

  async function stopAll(reason: string, deadlineMs: number): Promise<void> {
    const startedMs = clock.monotonicMs();
    log.info({ reason, deadlineMs }, 'process.draining');
    controller.abort(reason);
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const leftMs = deadlineMs - (clock.monotonicMs() - startedMs);
      // One after the other, because a part may need the ones that were made before it until it is down.
      await stopPart(part, { log, clock, budgetMs: Math.max(reserveMs, leftMs - reserveMs * parts.length) });
    }
    log.info({ reason, tookMs: Math.round(clock.monotonicMs() - startedMs) }, 'process.stopped');
  }

  return {
    draining: controller.signal,
    onStop(name, stop) {
      parts.push({ name, stop });
    },
    stop(reason, deadlineMs) {
      stopping ??= stopAll(reason, deadlineMs);
      return stopping;
    },
  };
}

interface StopBudget extends LifecycleOptions {
  readonly budgetMs: number;
}

async function stopPart(part: Part, { log, clock, budgetMs }: StopBudget): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const cancel = clock.schedule(budgetMs, () => {
    log.error({ part: part.name, budgetMs }, 'part.hung');
    resolve();
  });
  await Promise.race([runStop(part, log), late]);
  cancel();
}

async function runStop(part: Part, log: Logger): Promise<void> {
  try {
    await part.stop();
  } catch (error) {
    log.error({ part: part.name, err: error }, 'part.stop_failed');
  }
}
