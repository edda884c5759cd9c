import type { IncomingMessage } from 'node:http';
import { upstreamHeaders } from '../forward/upstream-headers.ts';

/** What the headers of a hop over the bridge are made of. */
export interface HopHeaderParts {
  readonly request: IncomingMessage;
  readonly traceparent: string;
  readonly credential: Readonly<Record<string, string>>;
  /** Default: both forms of an answer. */
  readonly accept?: string;
}

/** Headers of a hop in another era than the client's: only what belongs to no era passes, so no claim of the client's does. */
export function hopHeaders({
  request,
  traceparent,
  credential,
  accept = 'application/json, text/event-stream',
}: HopHeaderParts): Record<string, string> {
  const { tracestate, baggage, connection } = request.headers;
  return upstreamHeaders({
    headers: { 'content-type': 'application/json', tracestate, baggage, connection },
    traceparent,
    accept,
    credential,
  });
}
