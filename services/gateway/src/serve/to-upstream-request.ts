import { formatTraceparent } from '@fairlead/server-kit/runtime';
import type { CallDeps } from '../deps.ts';
import type { UpstreamRequest } from '../forward/upstream.ts';
import { upstreamHeaders } from '../forward/upstream-headers.ts';
import { hopAccept } from './accept.ts';
import type { RequestCall } from './call.ts';
import type { OutgoingCall } from './outgoing-call.ts';
import { withTrace } from './with-trace.ts';

/**
 * The request of a hop: the server's names, our span, the server's credential. The body is written from the decoded
 * message, never from the client's bytes: what was judged is what is sent (04 G-11).
 */
export function toUpstreamRequest(
  deps: CallDeps,
  call: RequestCall,
  { server, params, name, isStream }: OutgoingCall,
): UpstreamRequest {
  const { request, span, message, snapshot, principal, sessionId, accepts } = call;
  const traceparent = formatTraceparent(span);
  const headers = upstreamHeaders({
    headers: request.headers,
    traceparent,
    accept: hopAccept(accepts),
    name,
    sessionId,
    credential: deps.credential(snapshot, server, principal),
  });
  const sent = params === undefined ? message.raw : { ...message.raw, params: withTrace(params, traceparent) };
  return { method: 'POST', headers, body: JSON.stringify(sent), isStream };
}
