import type { Clock } from '@fairlead/server-kit/runtime';
import { RestartBackoff } from './restart-backoff.ts';

/** How a part ended: `exit code 1`, `SIGKILL`. */
export type EndReason = string;

/** A running part of the fleet: a service, a double, the database. */
export interface RunningPart {
  readonly pid: number;
  /** Resolves when the part has ended; never rejects. */
  readonly ended: Promise<EndReason>;
  /** Asks the part to end, kills it when it takes too long, and resolves when it is gone. */
  stop(): Promise<void>;
}

/** What a supervised part works with. */
export interface SupervisionOptions<Part extends RunningPart> {
  readonly name: string;
  readonly start: () => Promise<Part>;
  readonly clock: Clock;
  /** Gets one line for each end and each failed start. */
  readonly report: (line: string) => void;
  /** Called with each part that took the place of one that died. */
  readonly onRestart?: (part: Part) => void;
}

/** Keeps one part running: starts it, starts it again when it dies (01 §3), stops it at the end. */
export class SupervisedPart<Part extends RunningPart = RunningPart> implements AsyncDisposable {
  readonly #options: SupervisionOptions<Part>;
  readonly #backoff: RestartBackoff;
  #running: Part;
  #isStopping = false;
  #isRestartWanted = false;
  #pending: Promise<void> = Promise.resolve();
  #cancelRestart: () => void = () => undefined;

  private constructor(options: SupervisionOptions<Part>, running: Part) {
    this.#options = options;
    this.#backoff = new RestartBackoff(options.clock);
    this.#running = running;
    this.#watch(running);
  }

  /** Starts the part. Rejects when the first start fails; later ones are tried again. */
  static async start<Part extends RunningPart>(options: SupervisionOptions<Part>): Promise<SupervisedPart<Part>> {
    return new SupervisedPart(options, await options.start());
  }

  get name(): string {
    return this.#options.name;
  }

  /** The part that runs now, or ran last. */
  get running(): Part {
    return this.#running;
  }

  /** Ends the part so that a new one takes its place at once. `reason` is part of the line that is reported. */
  restart(reason: string): void {
    if (this.#isStopping || this.#isRestartWanted) return;
    this.#isRestartWanted = true;
    this.#options.report(`${reason}; starting ${this.name} again`);
    void this.#running.stop();
  }

  /** Stops the part; nothing is started afterwards. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#cancelRestart();
    // A start that is on its way ends as a part that has to be stopped too.
    await this.#pending;
    await this.#running.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #watch(part: Part): void {
    void part.ended.then((reason) => this.#onEnd(reason));
  }

  #onEnd(reason: EndReason): void {
    if (this.#isStopping) return;
    if (this.#isRestartWanted) {
      this.#isRestartWanted = false;
      this.#pending = this.#startAgain();
      return;
    }
    this.#scheduleRestart(`${this.name} ended (${reason})`);
  }

  #scheduleRestart(cause: string): void {
    const delayMs = this.#backoff.next();
    this.#options.report(`${cause}; starting it again in ${delayMs / 1_000} s`);
    this.#cancelRestart = this.#options.clock.schedule(delayMs, () => {
      this.#pending = this.#startAgain();
    });
  }

  async #startAgain(): Promise<void> {
    try {
      this.#backoff.started();
      this.#running = await this.#options.start();
      this.#watch(this.#running);
      this.#options.onRestart?.(this.#running);
    } catch (error) {
      if (!this.#isStopping) this.#scheduleRestart(`${this.name} did not start (${reasonOf(error)})`);
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
}
