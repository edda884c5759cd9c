/** Share of calls that may be retries (04 G-75). */
const RETRIES_PER_CALL = 0.1;
/** Retries that may be saved up; also what a new budget holds, so that the first failure can be retried. */
const RETRIES_SAVED_MAX = 10;

/** Keeps retries to a tenth of the calls of one server, so that they never double the load on one that struggles. */
export class RetryBudget {
  #tokens = RETRIES_SAVED_MAX;
  #spent = 0;

  /** Retries since the start. */
  get spent(): number {
    return this.#spent;
  }

  /** Counts a call. */
  earn(): void {
    this.#tokens = Math.min(RETRIES_SAVED_MAX, this.#tokens + RETRIES_PER_CALL);
  }

  /** Whether one more call may be tried again; takes it if so. */
  spend(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    this.#spent += 1;
    return true;
  }
}
