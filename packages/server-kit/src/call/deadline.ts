import type { Clock } from '../runtime/clock.ts';
import type { Cancellation } from './cancellation.ts';

const TOTAL_MS_MAX = 600_000;

/** Why a call was stopped before it answered. */
export type StopReason = 'timeout' | 'cancelled';

/**
 * Time limit of one call: an idle part that progress extends, and ten minutes in all (03 P-08). Also follows the
 * request's own cancellation, so that a handler has one signal to watch. The signal is made on first use, since most
 * handlers are done before they would look at it.
 */
export class Deadline {
  readonly #clock: Clock;
  readonly #idleMs: number;
  readonly #startedMs: number;
  readonly #ignoreRequest: () => void;
  #cancelTimer: () => void;
  #lastSignMs: number;
  #reason: StopReason | undefined;
  #controller: AbortController | undefined;
  #onStop: (() => void) | undefined;

  constructor(options: { clock: Clock; idleMs: number; request: Cancellation }) {
    this.#clock = options.clock;
    this.#idleMs = options.idleMs;
    this.#startedMs = options.clock.monotonicMs();
    this.#lastSignMs = this.#startedMs;
    this.#cancelTimer = options.clock.schedule(this.#idleMs, () => this.#check());
    this.#ignoreRequest = options.request.onCancel(() => this.#stop('cancelled'));
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#reason !== undefined) this.#controller.abort(stopCause(this.#reason));
    return this.#controller.signal;
  }

  /** Why it stopped; `undefined` while it runs. */
  get reason(): StopReason | undefined {
    return this.#reason;
  }

  /** Runs `action` when the call must stop; at once when it already must. One action at most. */
  onStop(action: () => void): void {
    if (this.#reason === undefined) this.#onStop = action;
    else action();
  }

  /** A sign of life: extends the idle part. Cheap, since the timer itself is not touched. */
  extend(): void {
    this.#lastSignMs = this.#clock.monotonicMs();
  }

  /** Ends the watch. Call it when the call has answered. */
  close(): void {
    this.#cancelTimer();
    this.#ignoreRequest();
    this.#onStop = undefined;
  }

  #check(): void {
    const nowMs = this.#clock.monotonicMs();
    const restMs = Math.min(this.#lastSignMs + this.#idleMs, this.#startedMs + TOTAL_MS_MAX) - nowMs;
    if (restMs <= 0) this.#stop('timeout');
    else this.#cancelTimer = this.#clock.schedule(restMs, () => this.#check());
  }

  #stop(reason: StopReason): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#controller?.abort(stopCause(reason));
    this.#onStop?.();
  }
}

function stopCause(reason: StopReason): Error {
  return new Error(`call ended: ${reason}`);
}
