import type { Clock } from '@fairlead/server-kit/runtime';

/** A stream without a sign of life for longer than this is cut by proxies in between (03 P-05). */
const KEEP_ALIVE_MS = 15_000;

/** A stream to a client that is open now. */
export interface OpenStream {
  /** Whether it has no end of its own: change notices. */
  readonly isEndless: boolean;
  keepAlive(): void;
  /** Ends it in the way that its client takes for a planned end. */
  end(): void;
}

/** The streams to clients that are open: keeps them alive by one timer, and ends those without an end at a drain. */
export class OpenStreams {
  readonly #streams = new Set<OpenStream>();
  readonly #clock: Clock;
  #cancel: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#tick();
  }

  get size(): number {
    return this.#streams.size;
  }

  /** Registers a stream. The returned function forgets it. */
  add(stream: OpenStream): () => void {
    this.#streams.add(stream);
    return () => this.#streams.delete(stream);
  }

  /** Ends the streams that have no end of their own. */
  endEndless(): void {
    for (const stream of this.#streams) {
      if (stream.isEndless) stream.end();
    }
  }

  stop(): void {
    this.#cancel();
  }

  #tick(): void {
    this.#cancel = this.#clock.schedule(KEEP_ALIVE_MS, () => {
      for (const stream of this.#streams) stream.keepAlive();
      this.#tick();
    });
  }
}
