import { setTimeout as delay } from 'node:timers/promises';

/** What `/readyz` is asked with. */
export interface ReadinessOptions {
  /** Base address of the ops server. */
  readonly ops: string;
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
}

const pollMs = 50;
const answerWithinMs = 2_000;

/** Asks `/readyz` until it answers 200. Rejects when the signal aborts. */
export async function waitUntilReady({ ops, signal, fetch: fetcher }: ReadinessOptions): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    if (await isReady(ops, fetcher)) return;
    await delay(pollMs, undefined, { signal });
  }
}

/** Whether `/readyz` answers 200 now. */
export async function isReady(ops: string, fetcher: typeof fetch): Promise<boolean> {
  try {
    const response = await fetcher(`${ops}/readyz`, { signal: AbortSignal.timeout(answerWithinMs) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
