import type { ClientLeg } from './client-leg.ts';
import type { Crossing } from './crossing.ts';

/** One call to pass to a server, and its answer to pass back. */
export interface RelayTask extends ClientLeg {
  /** Absent when client and server speak alike, in a session of the client's own or in none. */
  readonly crossing?: Crossing | undefined;
}
