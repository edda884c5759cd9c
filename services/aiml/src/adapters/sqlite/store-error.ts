import { Unavailable } from '@fairlead/server-kit/runtime';
import type { WorkerFailure } from '../worker/worker-channel.ts';

/** SQLite's result code for a full disk, or a file at its size limit. */
const sqliteFull = 13;

/** What callers are told of a store that failed. The reason itself stays in the log. */
export function storeError(failure: WorkerFailure): Unavailable {
  if (failure.resultCode === sqliteFull) {
    return new Unavailable('AIML_STORE_FULL', {
      message: failure.message,
      publicMessage: 'The store has no room left. Nothing of this step was kept.',
      fix: 'Ask the operator to free or add space.',
      retryable: false,
      cause: failure,
    });
  }
  return new Unavailable('AIML_STORE_UNAVAILABLE', {
    message: failure.message,
    publicMessage: 'The store does not answer.',
    fix: 'Try again; if it goes on, ask the operator to look at the log.',
    cause: failure,
  });
}
