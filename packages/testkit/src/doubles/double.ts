/** How to start a double. */
export interface DoubleOptions {
  /** Port on 127.0.0.1. Absent or 0: a free one. */
  readonly port?: number;
}

/** A running double: a stateful stand-in for an outside system. It stops when its scope ends. */
export interface Double extends AsyncDisposable {
  /** Where it answers, without a path. */
  readonly url: string;
  /** Root of its API, for the setting by which a service finds it. */
  readonly apiUrl: string;
  /** The token of the fleet's own account. Not a secret: it works on the double only. */
  readonly token: string;
  /** Forgets what happened and seeds it anew. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}
