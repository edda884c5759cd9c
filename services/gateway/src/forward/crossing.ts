import type { JsonRpcId } from '../wire/json-rpc.ts';
import type { JsonObject } from '../wire/json-value.ts';

/**
 * How one call is told to a server that speaks otherwise than its client, and how what the server says is told back: in
 * another era, or in a session that the gateway keeps.
 */
export interface Crossing {
  /** Id of the call at the server. */
  readonly sentId: JsonRpcId;
  /** The answer of the server as the client gets it, under the client's id. */
  answer(message: JsonObject): JsonObject;
  /** A notification of the server as the client gets it; undefined when the client gets none. */
  notice(message: JsonObject): JsonObject | undefined;
  /** The server asks its client something while the call runs. */
  onRequest(message: JsonObject): void;
  /** The call is given up: tells the server, where closing the connection does not. */
  cancel(): void;
}
