import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { TokenBucket } from '@fairlead/server-kit/resilience';
import type { Clock } from '@fairlead/server-kit/runtime';

/** Failed logins of one address in a minute, and sockets of one address at a time (04 G-45). */
const FAILED_LOGINS_A_MINUTE = 50;
const SOCKETS_MAX = 1_000;
/** Addresses that are remembered; the longest known is forgotten first. */
const ADDRESSES_MAX = 10_000;
const MINUTE_MS = 60_000;

/** Limits on those whom nobody knows: by address. */
export class DoorLimits {
  readonly #clock: Clock;
  readonly #failures = new Map<string, TokenBucket>();
  readonly #sockets = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts a failed login. Returns how long the address has to wait in milliseconds, 0 while it has failures left. Who
   * shares the address and shows a good credential is not held up.
   */
  noteFailure(address: string): number {
    const nowMs = this.#clock.monotonicMs();
    const bucket = this.#failures.get(address) ?? this.#remember(address, nowMs);
    const waitMs = bucket.waitMs(nowMs);
    if (waitMs === 0) bucket.take();
    return waitMs;
  }

  /** Closes the sockets of an address beyond its share as they come. */
  guardSockets(server: Server): void {
    server.on('connection', (socket: Socket) => {
      const address = socket.remoteAddress ?? '';
      const count = (this.#sockets.get(address) ?? 0) + 1;
      this.#sockets.set(address, count);
      socket.once('close', () => this.#forgetSocket(address));
      if (count > SOCKETS_MAX) socket.destroy();
    });
  }

  #remember(address: string, nowMs: number): TokenBucket {
    if (this.#failures.size >= ADDRESSES_MAX) {
      const [oldest] = this.#failures.keys();
      if (oldest !== undefined) this.#failures.delete(oldest);
    }
    const bucket = new TokenBucket(
      { burst: FAILED_LOGINS_A_MINUTE, count: FAILED_LOGINS_A_MINUTE, perMs: MINUTE_MS },
      nowMs,
    );
    this.#failures.set(address, bucket);
    return bucket;
  }

  #forgetSocket(address: string): void {
    const count = (this.#sockets.get(address) ?? 1) - 1;
    if (count === 0) this.#sockets.delete(address);
    else this.#sockets.set(address, count);
  }
}
