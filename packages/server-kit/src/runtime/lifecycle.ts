/** Stops of everything that a process started, run in reverse order. */
export interface Lifecycle {
  /** Registers how to stop a part, in the line that starts it. */
  onStop(part: string, stop: () => Promise<void> | void): void;
  /** Aborted when the process begins to drain. */
  readonly draining: AbortSignal;
}
