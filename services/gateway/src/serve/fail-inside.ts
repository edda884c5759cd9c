import type { CallDeps } from '../deps.ts';
import type { Arrival } from './call.ts';
import { internalError, refuse, unread } from './refuse.ts';

/** Answers a bug of ours: the caller gets a trace id, the log gets everything else. */
export function failInside(deps: CallDeps, arrival: Arrival, error: unknown): void {
  const seen = unread(arrival.request);
  deps.log.error({ err: error, traceId: seen.traceId }, 'request.failed');
  if (arrival.response.headersSent) return void arrival.response.destroy();
  refuse(deps, arrival, { ...seen, refusal: internalError(seen.traceId), outcome: 'unavailable' });
}
