import { parentPort } from 'node:worker_threads';
import type { WorkerOperations, WorkerReply, WorkerRequest } from './worker-protocol.ts';

/** Answers calls of the main thread, one after the other, with the named functions. Call it once, in a worker. */
export function serveOperations(operations: WorkerOperations): void {
  const port = parentPort;
  if (!port) throw new Error('serveOperations runs in a worker thread');
  port.on('message', (request: WorkerRequest) => {
    port.postMessage(answer(operations, request));
  });
}

function answer(operations: WorkerOperations, { id, operation, input }: WorkerRequest): WorkerReply {
  try {
    const run = operations[operation];
    if (!run) throw new Error(`the worker has no operation ${operation}`);
    // The one narrowing of this module: WorkerChannel typed the input by the same table of operations.
    return { id, kind: 'result', value: run(input as never) };
  } catch (error) {
    return {
      id,
      kind: 'failure',
      message: error instanceof Error ? error.message : String(error),
      resultCode: resultCodeOf(error),
    };
  }
}

function resultCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}
