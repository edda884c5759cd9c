import type { RunningRelay } from '../forward/relay.ts';
import type { RelayTask } from '../forward/relay-task.ts';
import type { RequestCall } from './call.ts';

/** Lets the client of a session cancel a call by its id, from the moment that it came (03 C7). */
export interface TrackedCall {
  /** The task, which then tells when the call has ended. */
  task(task: RelayTask): RelayTask;
  started(running: RunningRelay): void;
  ended(): void;
}

export function trackCall({ session, message }: RequestCall): TrackedCall {
  let running: RunningRelay | undefined;
  let isCancelled = false;
  const forget = session?.live.begin(message.id, () => {
    isCancelled = true;
    running?.cancel();
  });
  const ended = (): void => forget?.();
  return {
    task: (task) =>
      forget === undefined
        ? task
        : {
            ...task,
            onEnd(end) {
              ended();
              task.onEnd(end);
            },
          },
    started(begun) {
      running = begun;
      if (isCancelled) begun.cancel();
    },
    ended,
  };
}
