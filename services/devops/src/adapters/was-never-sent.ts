const beforeConnection = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Whether a failed request never left this machine, by the system's error codes anywhere in the chain of causes. Of any
 * other failure one cannot tell: the answer may be what was lost.
 */
export function wasNeverSent(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && beforeConnection.has(cause.code)) return true;
  }
  return false;
}
