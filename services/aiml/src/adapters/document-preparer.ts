import type { Clock, Logger } from '@fairlead/server-kit/runtime';
import type { DocumentPreparer } from '../deps.ts';
import type { PrepareOperations } from './prepare-worker.ts';
import { WorkerChannel, WorkerFailure } from './worker/worker-channel.ts';
import { workerEntry } from './worker/worker-entry.ts';

/** Limits of one document (07 A-07). */
const timeoutMs = 30_000;
const heapMegabytesMax = 512;

/** What a preparer needs. */
export interface DocumentPreparerOptions {
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Prepares documents in a worker thread of its own. One that takes over 30 s or 512 MiB ends the thread, is reported as
 * failed, and the next document gets a new thread. `close` ends the thread.
 */
export function createDocumentPreparer({
  clock,
  log,
}: DocumentPreparerOptions): DocumentPreparer & { close(): Promise<void> } {
  const channel = new WorkerChannel<PrepareOperations>({
    name: 'aiml-prepare',
    entry: workerEntry('./prepare-worker', import.meta.url),
    data: undefined,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
  });
  return {
    async prepare(document) {
      const cancel = clock.schedule(timeoutMs, () => void channel.terminate(`took over ${timeoutMs / 1_000} s`));
      try {
        return await channel.call('prepare', document);
      } catch (error) {
        if (!(error instanceof WorkerFailure)) throw error;
        log.warn({ uri: document.uri, err: error }, 'document.prepare_failed');
        return {
          kind: 'failed',
          reason: `The document broke the limits of ${timeoutMs / 1_000} s and ${heapMegabytesMax} MiB, or cannot be parsed.`,
        };
      } finally {
        cancel();
      }
    },
    close: () => channel.close(),
  };
}
