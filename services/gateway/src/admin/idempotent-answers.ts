import type { Clock } from '@fairlead/server-kit/runtime';
import { Conflict } from '@fairlead/server-kit/runtime';

/** How long a repeated request gets the first one's answer, and how many are remembered. */
const KEPT_MS = 10 * 60_000;
const KEPT_MAX = 1_000;

interface Kept {
  readonly request: string;
  readonly answer: Promise<unknown>;
}

/** Answers of requests with an `Idempotency-Key`: the same request again gets the same answer and does nothing more. */
export class IdempotentAnswers {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Runs `act`, or gives the answer of its first run under the key.
   *
   * @throws Conflict when the key was used with another request.
   */
  once<Answer>(key: string, request: string, act: () => Promise<Answer>): Promise<unknown> {
    const known = this.#kept.get(key);
    if (known === undefined) return this.#keep(key, request, act());
    if (known.request === request) return known.answer;
    throw new Conflict('ADMIN_IDEMPOTENCY_CONFLICT', {
      publicMessage: 'The Idempotency-Key was used with another request. Use a new one for each request.',
    });
  }

  /** A failed request is forgotten, so that it can be repeated under its key. */
  #keep(key: string, request: string, answer: Promise<unknown>): Promise<unknown> {
    if (this.#kept.size >= KEPT_MAX) this.#dropOldest();
    this.#kept.set(key, { request, answer });
    const forget = (): boolean => this.#kept.delete(key);
    this.#clock.schedule(KEPT_MS, forget);
    answer.catch(forget);
    return answer;
  }

  #dropOldest(): void {
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}
