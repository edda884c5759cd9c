import type { RelayFailure } from '../forward/client-leg.ts';
import { rpcErrorText, type JsonAnswer } from '../wire/respond.ts';
import type { CallFailure } from './explain-failure.ts';

/** A failure of something that has no id to answer to: told by the HTTP status. The server's own refusal keeps its status. */
export function statusAnswer(failure: CallFailure, cause: RelayFailure): JsonAnswer & { readonly code: string } {
  const isOwnRefusal =
    cause.kind === 'status' && cause.status >= 400 && cause.status < 500 && failure.code !== 'UPSTREAM_AUTH';
  const status = isOwnRefusal ? cause.status : 503;
  return {
    status,
    body: rpcErrorText(null, failure),
    code: failure.code,
    headers: status === 405 ? { Allow: 'POST' } : undefined,
  };
}
