import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { WorkerOperations, WorkerReply, WorkerRequest } from './worker-protocol.ts';

/** How a worker is started. */
export interface WorkerChannelOptions {
  /** Shown in diagnostics. */
  readonly name: string;
  readonly entry: URL;
  /** Given to the worker as it starts, structured-cloned. */
  readonly data: unknown;
  readonly resourceLimits?: ResourceLimits;
}

/** A call that failed in the worker, or whose worker ended. */
export class WorkerFailure extends Error {
  /** SQLite's result code; undefined when the failure is not the database's. */
  readonly resultCode: number | undefined;

  constructor(message: string, resultCode?: number) {
    super(message);
    this.name = 'WorkerFailure';
    this.resultCode = resultCode;
  }
}

interface PendingCall {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * Calls the operations of one worker thread. The worker starts with the first call; when it dies, its calls fail and
 * the next call starts another.
 */
export class WorkerChannel<Operations extends WorkerOperations> {
  readonly #options: WorkerChannelOptions;
  readonly #pending = new Map<number, PendingCall>();
  #worker: Worker | undefined;
  #lastId = 0;
  #isClosed = false;

  constructor(options: WorkerChannelOptions) {
    this.#options = options;
  }

  /** Calls that wait for an answer. */
  get waiting(): number {
    return this.#pending.size;
  }

  /**
   * Runs an operation in the worker.
   *
   * @throws WorkerFailure
   */
  async call<Name extends keyof Operations & string>(
    operation: Name,
    input: Parameters<Operations[Name]>[0],
  ): Promise<ReturnType<Operations[Name]>> {
    if (this.#isClosed) throw new WorkerFailure(`${this.#options.name} is closed`);
    const worker = this.#running();
    const request: WorkerRequest = { id: (this.#lastId += 1), operation, input };
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(request.id, { resolve, reject });
    worker.ref();
    worker.postMessage(request, []);
    // The one narrowing of this module: serveOperations answered with the operation of this name.
    return (await promise) as ReturnType<Operations[Name]>;
  }

  /** Ends the worker at once. Its open calls fail with `reason`; the next call starts another worker. */
  async terminate(reason: string): Promise<void> {
    const worker = this.#worker;
    this.#drop(worker, reason);
    await worker?.terminate();
  }

  /** Ends the worker for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.terminate('the worker was closed');
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const { name, entry, data, resourceLimits } = this.#options;
    const worker = new Worker(entry, { name, workerData: data, ...(resourceLimits && { resourceLimits }) });
    worker.on('message', (reply: WorkerReply) => this.#settle(worker, reply));
    worker.on('error', (error) => this.#drop(worker, error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => this.#drop(worker, 'the worker ended'));
    this.#worker = worker;
    return worker;
  }

  #settle(worker: Worker, reply: WorkerReply): void {
    const call = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    // An idle worker does not keep the process alive.
    if (this.#pending.size === 0) worker.unref();
    if (reply.kind === 'result') call?.resolve(reply.value);
    else call?.reject(new WorkerFailure(reply.message, reply.resultCode));
  }

  #drop(worker: Worker | undefined, reason: string): void {
    if (!worker || worker !== this.#worker) return;
    this.#worker = undefined;
    for (const call of this.#pending.values()) call.reject(new WorkerFailure(`${this.#options.name}: ${reason}`));
    this.#pending.clear();
  }
}
