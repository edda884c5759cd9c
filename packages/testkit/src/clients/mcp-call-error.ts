/** Facts of a failed call, whichever SDK made it. */
export interface McpCallErrorOptions {
  /** Code of the JSON-RPC error that the server answered. */
  readonly code?: number | undefined;
  /** Status of an HTTP answer without a JSON-RPC result. */
  readonly httpStatus?: number | undefined;
  /** `data` of the JSON-RPC error. */
  readonly data?: unknown;
  readonly cause: unknown;
}

/**
 * A call or a connection that failed. With `code` the server answered a JSON-RPC error, with `httpStatus` it refused the
 * HTTP request, with neither the call was cancelled or the connection broke (see `cause`).
 */
export class McpCallError extends Error {
  readonly code: number | undefined;
  readonly httpStatus: number | undefined;
  readonly data: unknown;

  constructor(message: string, { code, httpStatus, data, cause }: McpCallErrorOptions) {
    super(message, { cause });
    this.name = 'McpCallError';
    this.code = code;
    this.httpStatus = httpStatus;
    this.data = data;
  }
}
