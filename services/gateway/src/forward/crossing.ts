import type { JsonRpcId } from '../wire/json-rpc.ts';
import type { JsonObject } from '../wire/json-value.ts';
import type { ClientLeg } from './client-leg.ts';
import type { UpstreamRequest } from './upstream.ts';

/** What a server needs to know before it can answer. */
export interface Question {
  /** Requests to the client. */
  readonly messages: readonly JsonObject[];
  /** The call again, with what the client said. Rejects when it says nothing that helps. */
  readonly next: Promise<UpstreamRequest>;
}

/** A call that waits at its server while its client is asked, with no client attached. */
export interface ParkedCall {
  /** Goes on for the request by which the client came back. */
  attach(leg: ClientLeg, crossing: Crossing): void;
  /** Nobody comes back: gives it up. */
  drop(): void;
}

/**
 * How one call is told to a server that speaks otherwise than its client, and how what the server says is told back: in
 * another era, or in a session that the gateway keeps.
 */
export interface Crossing {
  /** Id of the call at the server. */
  readonly sentId: JsonRpcId;
  /** What the server asks instead of an answer; undefined for an answer, or when nobody can be asked. */
  question(message: JsonObject): Question | undefined;
  /** The answer of the server as the client gets it, under the client's id. */
  answer(message: JsonObject): JsonObject;
  /** The HTTP status that an answer has in the client's era (03 §4). */
  statusOf(answer: JsonObject): number;
  /** A notification of the server as the client gets it; undefined when the client gets none. */
  notice(message: JsonObject): JsonObject | undefined;
  /**
   * The server asks its client something while the call runs, and the client takes questions only instead of an answer:
   * that answer, after which the call waits parked; undefined when it is to be asked otherwise, or not.
   */
  park(message: JsonObject, parked: ParkedCall): JsonObject | undefined;
  /** The server asks its client something while the call runs: what the client gets of it, if anything. */
  onRequest(message: JsonObject): JsonObject | undefined;
  /** The call is given up: tells the server, where closing the connection does not. */
  cancel(): void;
  /** The call has ended, in whatever way. */
  close(): void;
}
