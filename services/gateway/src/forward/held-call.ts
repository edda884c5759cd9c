import type { JsonObject } from '../wire/json-value.ts';
import type { AnsweredCall } from './bridge/modern-answer.ts';
import type { Crossing, ParkedCall } from './crossing.ts';

/** A call that waits at a server of the older era while its modern client is asked. */
export interface HeldCall {
  readonly parked: ParkedCall;
  /** The server's id of its question. */
  readonly questionId: unknown;
  /** The crossing for the request by which the client comes back. */
  crossingFor(call: AnsweredCall): Crossing;
  /** Says something to the server. */
  say(message: JsonObject): void;
  drop(): void;
}
