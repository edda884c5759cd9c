import type { BreakerFailure } from '@fairlead/server-kit/resilience';

/** How an exchange with a server failed, and how far it had come: that decides whether it may be tried again. */
export interface UpstreamFailure {
  /** `aborted`: we ended it, because the client left or we shut down. */
  readonly kind: BreakerFailure | 'aborted';
  /** A byte of the request may have left. */
  readonly requestWritten: boolean;
  /** A byte of the answer came. */
  readonly answerStarted: boolean;
  /** For the log and the server's status; holds no address and no header. */
  readonly reason: string;
}

/** Names the kind of an error that undici reports. */
export function failureKind(error: unknown): BreakerFailure {
  return errorCode(error) === 'ECONNREFUSED' ? 'refused' : 'connection';
}

/** A short reason without host, port or path, which the message of a system error holds. */
export function failureReason(error: unknown): string {
  const code = errorCode(error);
  if (code !== undefined) return code;
  return error instanceof Error ? error.name : 'unknown';
}

function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? errorCode(error.cause) : undefined;
}
