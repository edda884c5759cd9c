/** Named functions that run in a worker thread. Inputs and results are structured-cloned. */
export type WorkerOperations = Readonly<Record<string, (input: never) => unknown>>;

/** One call on its way to the worker. */
export interface WorkerRequest {
  readonly id: number;
  readonly operation: string;
  readonly input: unknown;
}

/** The worker's answer. `resultCode` is SQLite's, where the error has one. */
export type WorkerReply =
  | { readonly id: number; readonly kind: 'result'; readonly value: unknown }
  | {
      readonly id: number;
      readonly kind: 'failure';
      readonly message: string;
      readonly resultCode: number | undefined;
    };
