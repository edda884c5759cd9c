/** A JSON-RPC id as clients send it; its type is kept on the way back (03 P-01). */
export type JsonRpcId = string | number;

/** Parameters of a request or notification. */
export type JsonRpcParams = Readonly<Record<string, unknown>>;

/** A request: it has an id and gets one answer. */
export interface JsonRpcRequest {
  readonly jsonrpc: '2.0';
  readonly id: JsonRpcId;
  readonly method: string;
  readonly params?: JsonRpcParams;
}

/** A notification: no id, no answer. */
export interface JsonRpcNotification {
  readonly jsonrpc: '2.0';
  readonly method: string;
  readonly params?: JsonRpcParams;
}

/** The answer to a request. */
export type JsonRpcResponse =
  | { readonly jsonrpc: '2.0'; readonly id: JsonRpcId; readonly result: JsonRpcParams }
  | { readonly jsonrpc: '2.0'; readonly id: JsonRpcId | null; readonly error: JsonRpcErrorBody };

/** The error member of an answer. */
export interface JsonRpcErrorBody {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** Whether a value is an object that is no array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Builds an error answer. */
export function errorResponse(id: JsonRpcId | null, error: JsonRpcErrorBody): JsonRpcResponse {
  return {
    jsonrpc: '2.0',
    id,
    error: { code: error.code, message: error.message, ...(error.data !== undefined && { data: error.data }) },
  };
}
