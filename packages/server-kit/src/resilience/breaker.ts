import type { Clock } from '../runtime/clock.ts';
import { CallWindow } from './call-window.ts';

/**
 * How a call failed. `refused`: nothing listens there; `connection`: it could not connect or was cut off; `timeout`: no
 * answer in time; `response`: an answer that is broken or a 5xx. What the other side answers on purpose (4xx, a tool
 * error, a JSON-RPC error) is a success to a breaker.
 */
export type BreakerFailure = 'refused' | 'connection' | 'timeout' | 'response';

/** `closed`: calls go. `open`: none goes. `half-open`: one probe is under way. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** Keeps calls away from a part that does not work, and finds out when it works again. */
export interface Breaker {
  readonly state: BreakerState;
  /** When the next probe may go; undefined while closed. */
  readonly nextTryAt: Date | undefined;
  /**
   * Whether a call may go now. True while closed; while open, true once `nextTryAt` is reached, for one caller, whose
   * call is then the probe. A caller whose call must not be a probe (a user's write) asks for `state === 'closed'`.
   */
  tryEnter(): boolean;
  /** Reports that a call that entered was answered. */
  success(): void;
  /** Reports that a call that entered failed. */
  failure(kind: BreakerFailure): void;
}

/** When a breaker opens and how it tries again. */
export interface BreakerOptions {
  readonly clock: Clock;
  /** From 0 up to 1, for the jitter. Default `Math.random`. */
  readonly random?: () => number;
  /** Connection failures and timeouts in a row that open it. Default 5. */
  readonly failuresInRow?: number;
  /** Share of failed calls of the last 10 s that opens it. Default 0.5. */
  readonly failureRatio?: number;
  /** Fewest calls of the last 10 s for the share to count. Default 20. */
  readonly ratioCallsMin?: number;
  /** Wait before the first probe, in milliseconds; doubled after each failed one. Default 5,000. */
  readonly openMs?: number;
  /** Longest wait between probes, in milliseconds. Default 60,000. */
  readonly openMsMax?: number;
  /** Wait between probes of a part that refuses connections: trying is cheap, and a restart is seen soon. Default 2,000. */
  readonly refusedMs?: number;
}

/** A probe that never reports would keep the breaker half-open for ever; after this long another may go. */
const probeMsMax = 60_000;

/**
 * Creates a closed breaker (04 G-74). A pure state machine: it starts no timer and makes no call of its own.
 *
 * Reports of calls that entered before it opened are ignored while it is open.
 */
export function createBreaker(options: BreakerOptions): Breaker {
  return new CountingBreaker(options);
}

class CountingBreaker implements Breaker {
  readonly #clock: Clock;
  readonly #options: Required<Omit<BreakerOptions, 'clock'>>;
  readonly #window: CallWindow;
  #state: BreakerState = 'closed';
  #failuresInRow = 0;
  #failedProbes = 0;
  #nextTryAtMs = 0;

  constructor({ clock, ...options }: BreakerOptions) {
    this.#clock = clock;
    this.#options = { ...defaults, ...options };
    this.#window = new CallWindow(clock.monotonicMs());
  }

  get state(): BreakerState {
    return this.#state;
  }

  get nextTryAt(): Date | undefined {
    if (this.#state === 'closed') return undefined;
    return new Date(this.#clock.now().getTime() + this.#nextTryAtMs - this.#clock.monotonicMs());
  }

  tryEnter(): boolean {
    if (this.#state === 'closed') return true;
    const nowMs = this.#clock.monotonicMs();
    if (nowMs < this.#nextTryAtMs) return false;
    this.#state = 'half-open';
    this.#nextTryAtMs = nowMs + probeMsMax;
    return true;
  }

  success(): void {
    if (this.#state === 'open') return;
    if (this.#state === 'half-open') this.#close();
    this.#failuresInRow = 0;
    this.#window.add(this.#clock.monotonicMs(), false);
  }

  failure(kind: BreakerFailure): void {
    if (this.#state === 'open') return;
    if (this.#state === 'half-open') {
      this.#failedProbes += 1;
      this.#open(kind);
      return;
    }
    if (kind !== 'response') this.#failuresInRow += 1;
    this.#window.add(this.#clock.monotonicMs(), true);
    if (this.#isTooMany()) this.#open(kind);
  }

  #isTooMany(): boolean {
    if (this.#failuresInRow >= this.#options.failuresInRow) return true;
    const { calls, failures } = this.#window.sum(this.#clock.monotonicMs());
    return calls >= this.#options.ratioCallsMin && failures >= calls * this.#options.failureRatio;
  }

  #open(kind: BreakerFailure): void {
    this.#state = 'open';
    this.#nextTryAtMs = this.#clock.monotonicMs() + (kind === 'refused' ? this.#options.refusedMs : this.#backoffMs());
  }

  /** Doubles with each failed probe. The jitter (80 to 100 %) keeps replicas from probing together. */
  #backoffMs(): number {
    const { openMs, openMsMax, random } = this.#options;
    const fullMs = Math.min(openMsMax, openMs * 2 ** this.#failedProbes);
    return this.#failedProbes === 0 ? fullMs : fullMs * (0.8 + 0.2 * random());
  }

  #close(): void {
    this.#state = 'closed';
    this.#failedProbes = 0;
    this.#window.clear();
  }
}

const defaults = {
  random: Math.random,
  failuresInRow: 5,
  failureRatio: 0.5,
  ratioCallsMin: 20,
  openMs: 5_000,
  openMsMax: 60_000,
  refusedMs: 2_000,
} as const;
