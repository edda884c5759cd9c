import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { loadReport, type LoadOrder, type LoadReport } from './load-order.ts';

/** The part of a report that says how a run went. */
export type LoadFigures = Extract<LoadReport, { status: 'done' }>;

const messageEvent = z.tuple([z.unknown(), z.unknown()]);

/**
 * The process that makes load. It lives for the whole benchmark, so that it is as warm for the last subject as for the
 * first, and it is its own process, so that its work is in nobody's time.
 */
export class LoadGenerator implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exited: Promise<never>;

  constructor() {
    this.#child = fork(fileURLToPath(new URL('./main.ts', import.meta.url)));
    this.#exited = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`the load generator ended with ${String(code)}`);
    });
    // Only a run that is waiting wants to know.
    this.#exited.catch(() => undefined);
  }

  /**
   * Runs one order to its end. One at a time.
   *
   * @throws Error when an answer was wrong, a connection failed, or the process ended.
   */
  async run(order: LoadOrder): Promise<LoadFigures> {
    const answered = once(this.#child, 'message');
    this.#child.send(order);
    const [message] = messageEvent.parse(await Promise.race([answered, this.#exited]));
    const report = loadReport.parse(message);
    if (report.status === 'failed') throw new Error(`${order.kind} load on ${order.url}: ${report.reason}`);
    return report;
  }

  /** Ends the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#exited.catch(() => undefined);
  }
}
