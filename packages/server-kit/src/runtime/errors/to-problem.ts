import type { Problem } from '@fairlead/contracts';
import { nodeHttp } from '../node-http.ts';
import { Internal } from './errors.ts';
import { ServiceError } from './service-error.ts';

/**
 * Turns a caught value into a problem document (RFC 9457). An error that is not ours becomes `INTERNAL` and shows
 * nothing but the trace id, which finds it in the log (10-style Y-54).
 */
export function toProblem(error: unknown, traceId: string): Problem {
  const known = ServiceError.is(error) ? error : unknownError(traceId);
  return {
    type: `urn:fairlead:error:${known.code}`,
    title: nodeHttp.STATUS_CODES[known.status] ?? 'Error',
    status: known.status,
    detail: known.publicMessage,
    code: known.code,
    ...(known.fix === undefined ? {} : { fix: known.fix }),
    retryable: known.retryable,
    ...(Object.keys(known.details).length === 0 ? {} : { details: known.details }),
    traceId,
  };
}

function unknownError(traceId: string): ServiceError {
  return new Internal('INTERNAL', {
    publicMessage: `Something failed on our side. The operator finds it in the log by the trace id ${traceId}.`,
  });
}
