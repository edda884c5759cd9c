import type { CallableBackend } from '../deps.ts';
import type { OutgoingCall } from './outgoing-call.ts';

/** A call whose limits are taken, and the way to its server. */
export interface Departure {
  readonly outgoing: OutgoingCall;
  readonly backend: CallableBackend;
  /** Gives back what the limits hold. */
  readonly release: () => void;
}
