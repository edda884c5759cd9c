import { metaKeys } from '@fairlead/contracts';
import { ServiceError } from '../runtime/errors/service-error.ts';
import { Internal } from '../runtime/errors/errors.ts';
import type { ToolResult } from './tool-result.ts';

/**
 * The result of a call that failed in a way the model can see: one text line with code, message and fix, and the same
 * as data. It has no `structuredContent`: v1 clients check that against the output schema even on errors (05 §3).
 */
export function errorResult(error: ServiceError): ToolResult {
  const text = error.fix === undefined ? error.publicMessage : `${error.publicMessage} ${error.fix}`;
  return {
    content: [{ type: 'text', text: `${error.code}: ${text}` }],
    isError: true,
    _meta: {
      [metaKeys.error]: {
        code: error.code,
        retryable: error.retryable,
        fix: error.fix ?? error.publicMessage,
        details: error.details,
      },
    },
  };
}

/** Turns anything thrown into one of our errors; an unknown one becomes `INTERNAL` with the id that finds it in the log. */
export function asServiceError(error: unknown, traceId: string): ServiceError {
  if (ServiceError.is(error)) return error;
  return new Internal('INTERNAL', {
    message: 'unexpected error in a tool',
    publicMessage: `Something went wrong inside this server. Its log names the cause under the id ${traceId}.`,
    details: { traceId },
    cause: error,
  });
}
