import type { Clock } from '@fairlead/server-kit/runtime';

/** How a shared value is made and how long it is good. */
export interface SharedValueOptions<Value> {
  readonly clock: Clock;
  readonly keepMs: (value: Value) => number;
  readonly load: () => Promise<Value>;
}

interface Loaded<Value> {
  readonly value: Value;
  readonly untilMs: number;
}

/**
 * A value that many calls need and one load makes. Callers who come while it is loading wait for the same load; a load
 * that fails is not kept, and the next caller tries again.
 */
export class SharedValue<Value> {
  readonly #options: SharedValueOptions<Value>;
  #loaded: Loaded<Value> | undefined;
  #loading: Promise<Value> | undefined;

  constructor(options: SharedValueOptions<Value>) {
    this.#options = options;
  }

  async current(): Promise<Value> {
    if (this.#loaded !== undefined && this.#options.clock.monotonicMs() < this.#loaded.untilMs)
      return this.#loaded.value;
    this.#loading ??= this.#load().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #load(): Promise<Value> {
    const { clock, keepMs, load } = this.#options;
    const value = await load();
    this.#loaded = { value, untilMs: clock.monotonicMs() + keepMs(value) };
    return value;
  }
}
