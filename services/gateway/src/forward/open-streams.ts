import type { Principal } from '@fairlead/contracts';
import type { Clock } from '@fairlead/server-kit/runtime';

/** How often streams are looked at: a credential that has ended closes its streams within five seconds (03 A7). */
const LOOK_MS = 1_000;
/** A stream without a sign of life for longer than this is cut by proxies in between (03 P-05). */
const KEEP_ALIVE_LOOKS = 15;

/** A stream to a client that is open now. */
export interface OpenStream {
  readonly owner: Principal;
  /** Name of the server that it comes from. */
  readonly server: string;
  /** Whether it has no end of its own: change notices. */
  readonly isEndless: boolean;
  keepAlive(): void;
  /** Ends it in the way that its client takes for a planned end, and the server's side with it. */
  end(): void;
}

/**
 * The streams to clients that are open. One timer keeps them alive and ends those whose credential has ended; a drain
 * ends those without an end of their own.
 */
export class OpenStreams {
  readonly #streams = new Set<OpenStream>();
  readonly #clock: Clock;
  #looks = 0;
  #cancel: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#scheduleLook();
  }

  get size(): number {
    return this.#streams.size;
  }

  /** Registers a stream. The returned function forgets it. */
  add(stream: OpenStream): () => void {
    this.#streams.add(stream);
    return () => this.#streams.delete(stream);
  }

  /** Ends the streams that have no end of their own, all or those that fit. */
  endEndless(fits: (stream: OpenStream) => boolean = () => true): void {
    this.#endWhere((stream) => stream.isEndless && fits(stream));
  }

  /** Ends the streams of callers who may no longer have one: their key was revoked. */
  endOf(isOver: (owner: Principal) => boolean): void {
    this.#endWhere(({ owner }) => isOver(owner));
  }

  stop(): void {
    this.#cancel();
  }

  #endWhere(fits: (stream: OpenStream) => boolean): void {
    for (const stream of this.#streams) {
      if (fits(stream)) stream.end();
    }
  }

  #scheduleLook(): void {
    this.#cancel = this.#clock.schedule(LOOK_MS, () => {
      this.#look();
      this.#scheduleLook();
    });
  }

  #look(): void {
    const nowSeconds = this.#clock.now().getTime() / 1_000;
    this.endOf(({ expiresAtSeconds }) => expiresAtSeconds !== undefined && expiresAtSeconds <= nowSeconds);
    this.#looks += 1;
    if (this.#looks % KEEP_ALIVE_LOOKS !== 0) return;
    for (const stream of this.#streams) stream.keepAlive();
  }
}
