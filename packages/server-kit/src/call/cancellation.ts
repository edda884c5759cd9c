/** Whether a request was cancelled, without the cost of an `AbortSignal` for each of the many that are not. */
export interface Cancellation {
  /**
   * Runs `action` when the request is cancelled; at once when it already is.
   *
   * @returns a function that withdraws the action.
   */
  onCancel(action: () => void): () => void;
}

/** A cancellation that its owner can cause. */
export class RequestCancellation implements Cancellation {
  readonly #actions = new Set<() => void>();
  #isCancelled = false;

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  onCancel(action: () => void): () => void {
    if (this.#isCancelled) {
      action();
      return () => undefined;
    }
    this.#actions.add(action);
    return () => void this.#actions.delete(action);
  }

  cancel(): void {
    if (this.#isCancelled) return;
    this.#isCancelled = true;
    for (const action of this.#actions) action();
    this.#actions.clear();
  }
}

/** Follows an `AbortSignal`. */
export function cancellationOf(signal: AbortSignal): Cancellation {
  return {
    onCancel(action) {
      if (signal.aborted) {
        action();
        return () => undefined;
      }
      signal.addEventListener('abort', action, { once: true });
      return () => signal.removeEventListener('abort', action);
    },
  };
}
