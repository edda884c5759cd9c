/** An error that leaves as a JSON-RPC error, not as a tool result: the caller's program must mend it, not the model. */
export class RpcError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
  }
}

/** JSON-RPC and MCP error codes that this package answers with (03 §4). */
export const rpcCode = {
  parseError: -32_700,
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  invalidParams: -32_602,
  internalError: -32_603,
  headerMismatch: -32_020,
  missingCapability: -32_021,
  unsupportedVersion: -32_022,
  unauthenticated: -31_001,
  forbidden: -31_002,
  unknownSession: -31_003,
  methodNotAllowed: -31_004,
  refusedTransport: -31_005,
  limited: -31_006,
  draining: -31_009,
} as const;

/** A cursor that cannot be used: foreign, altered, expired, or made for other arguments. One text for all of them. */
export function invalidCursor(): RpcError {
  return new RpcError(rpcCode.invalidParams, 'Invalid cursor. Start again without a cursor.');
}
