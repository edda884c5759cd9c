import type { JsonObject } from './json-value.ts';
import type { RawJson } from './raw-json.ts';

/** A request's id: kept with its type, and with its literal where a double would change it. */
export type JsonRpcId = string | number | RawJson;

/** A message that expects an answer. `raw` is the whole decoded message, unknown fields included. */
export interface JsonRpcRequest {
  readonly kind: 'request';
  readonly id: JsonRpcId;
  readonly method: string;
  readonly params: JsonObject | undefined;
  readonly raw: JsonObject;
}

/** A message that expects none. */
export interface JsonRpcNotification {
  readonly kind: 'notification';
  readonly method: string;
  readonly params: JsonObject | undefined;
  readonly raw: JsonObject;
}

/** A client's answer to a request of the server: only inside a session of the older era. */
export interface JsonRpcResponse {
  readonly kind: 'response';
  readonly id: JsonRpcId;
  readonly raw: JsonObject;
}

export type JsonRpcMessage = JsonRpcRequest | JsonRpcNotification | JsonRpcResponse;

/** Codes of the two protocols, and our own from -31001 on (03 §4). */
export const rpcCodes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  headerMismatch: -32020,
  unsupportedVersion: -32022,
  unauthenticated: -31001,
  permissionDenied: -31002,
  unknownSession: -31003,
  methodNotAllowed: -31004,
  notAcceptable: -31005,
  doorLimit: -31006,
  upstreamDown: -31007,
  upstreamTimeout: -31008,
  draining: -31009,
} as const;

/** A refusal of a whole request: the HTTP status, and the JSON-RPC error in its body. */
export interface RpcRefusal {
  readonly status: number;
  readonly rpcCode: number;
  /** Stable code of our registry, for the audit record and `data.code`. */
  readonly code: string;
  readonly message: string;
  readonly data?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}
