import { createBreaker, parseDuration, type Breaker, type BreakerFailure } from '@fairlead/server-kit/resilience';
import type { ServerConfig } from '@fairlead/contracts';
import type { Clock } from '@fairlead/server-kit/runtime';
// The part and not the package, which brings fetch, WebSocket and a cache: 11 MB that the gateway does not use.
import Pool from 'undici/lib/dispatcher/pool.js';
import { Bag } from './bag.ts';
import { UndiciExchange, type AnswerConsumer, type Exchange, type ExchangeLimits } from './exchange.ts';
import { RetryBudget } from './retry-budget.ts';

/** Longest wait for a connection (04 G-76). */
const CONNECT_MS_MAX = 2_000;
/** Longest silence within an answer; each byte starts it anew. */
const IDLE_MS_MAX = 60_000;
/** Longest whole call, whatever comes in between. */
const TOTAL_MS_MAX = 10 * 60_000;

/** What a call does, for the breaker: reads, writes and discovery fail apart (04 G-74). */
export type CallClass = 'read' | 'write' | 'discovery';

/** One request to a server. */
export interface UpstreamRequest {
  readonly method: 'POST' | 'GET' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** A stream that stays open without a time limit: change notices. */
  readonly isStream?: boolean;
  /** Longest wait for the head of the answer; default the server's `timeout`. */
  readonly firstByteMs?: number;
}

/** Since when a server does not answer, and when it is asked again. */
export interface Outage {
  readonly since: Date;
  readonly nextTryAt: Date;
}

/** The way to one server: its connections, its breakers, and how many calls are in flight. */
export class Upstream {
  readonly name: string;
  readonly breakers: Readonly<Record<CallClass, Breaker>>;
  readonly retries = new RetryBudget();
  readonly #pool: Pool;
  readonly #path: string;
  #timeoutMs: number;
  #concurrencyMax: number;
  readonly #clock: Clock;
  readonly #exchanges = new Bag<UndiciExchange>();
  readonly #forget = (exchange: UndiciExchange): void => this.#exchanges.remove(exchange);
  #failingSince: Date | undefined;

  constructor(name: string, config: ServerConfig, clock: Clock) {
    const url = new URL(config.url);
    this.name = name;
    this.#timeoutMs = parseDuration(config.timeout);
    this.breakers = {
      read: createBreaker({ clock }),
      write: createBreaker({ clock }),
      discovery: createBreaker({ clock, failuresInRow: 1 }),
    };
    this.#pool = new Pool(url.origin, {
      connect: { timeout: CONNECT_MS_MAX },
      pipelining: 1,
    });
    this.#path = `${url.pathname}${url.search}`;
    this.#concurrencyMax = config.concurrency;
    this.#clock = clock;
  }

  /** Takes over what may change without other connections. Calls that run keep the time limit that they began with. */
  configure({ timeout, concurrency }: Pick<ServerConfig, 'timeout' | 'concurrency'>): void {
    this.#timeoutMs = parseDuration(timeout);
    this.#concurrencyMax = concurrency;
  }

  /** Calls and streams that run now. */
  get inFlight(): number {
    return this.#exchanges.size;
  }

  /** Whether one more call would pass the server's `concurrency`. */
  get isFull(): boolean {
    return this.#exchanges.size >= this.#concurrencyMax;
  }

  /**
   * Why no call may go now; undefined when one may. One failed discovery is enough: calls wait for the probe that
   * succeeds and are never the probe themselves.
   */
  outage(callClass: CallClass): Outage | undefined {
    const nextTryAt = this.breakers.discovery.nextTryAt ?? this.breakers[callClass].nextTryAt;
    return nextTryAt === undefined ? undefined : { since: this.#failingSince ?? this.#clock.now(), nextTryAt };
  }

  /** When a breaker that is not closed may be probed; undefined when all are closed. */
  get nextProbeAt(): Date | undefined {
    const times = Object.values(this.breakers).flatMap(({ nextTryAt }) => nextTryAt ?? []);
    return times.length === 0 ? undefined : new Date(Math.min(...times.map(Number)));
  }

  /** Counts an answer of the server, whatever it says. */
  reportAnswer(callClass: CallClass): void {
    this.breakers[callClass].success();
    if (this.#failingSince !== undefined && this.nextProbeAt === undefined) this.#failingSince = undefined;
  }

  /** Counts a call that the server did not answer well. */
  reportFailure(callClass: CallClass, kind: BreakerFailure): void {
    this.#failingSince ??= this.#clock.now();
    this.breakers[callClass].failure(kind);
  }

  /** Sends a request. The consumer hears of the answer; the handle ends, pauses and resumes it. */
  send(request: UpstreamRequest, consumer: AnswerConsumer): Exchange {
    const exchange = new UndiciExchange(consumer, {
      limits: this.#limitsOf(request),
      clock: this.#clock,
      onFinished: this.#forget,
    });
    this.#exchanges.add(exchange);
    const { method, headers, body } = request;
    this.#pool.dispatch({ path: this.#path, method, headers, body, headersTimeout: 0, bodyTimeout: 0 }, exchange);
    return exchange;
  }

  /** Ends what has taken too long. Called by the process's one sweep, so that no call needs a timer. */
  endOverdue(): void {
    const nowMs = this.#clock.monotonicMs();
    this.#exchanges.forEach((exchange) => {
      if (exchange.isOverdue(nowMs)) exchange.abort('timeout');
    });
  }

  #limitsOf({ firstByteMs = this.#timeoutMs, isStream }: UpstreamRequest): ExchangeLimits {
    return isStream === true
      ? { firstByteMs, idleMs: Infinity, totalMs: Infinity }
      : { firstByteMs, idleMs: IDLE_MS_MAX, totalMs: TOTAL_MS_MAX };
  }

  /** Ends everything at once. */
  async close(): Promise<void> {
    this.#exchanges.forEach((exchange) => exchange.abort('aborted'));
    await this.#pool.destroy();
  }
}
