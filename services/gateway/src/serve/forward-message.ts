import { formatTraceparent } from '@fairlead/server-kit/runtime';
import type { CallDeps } from '../deps.ts';
import { relay } from '../forward/relay.ts';
import { upstreamHeaders } from '../forward/upstream-headers.ts';
import type { Call } from './call.ts';
import { relayFailure } from './explain-failure.ts';
import { statusAnswer } from './status-answer.ts';
import { unknownRoute, refuse } from './refuse.ts';

/** Passes a notification, or a client's answer to a request of the server, on inside its session. */
export function forwardMessage(deps: CallDeps, call: Call): void {
  const { server, sessionId, request, response, span, snapshot, principal, message } = call;
  const backend = server === undefined ? undefined : deps.backend(server);
  if (server === undefined || backend === undefined)
    return refuse(deps, call, {
      traceId: span.traceId,
      method: message.kind,
      refusal: unknownRoute,
      outcome: 'hidden',
    });
  relay(
    {
      owner: principal,
      upstream: backend.upstream,
      callClass: 'read',
      request: {
        method: 'POST',
        headers: upstreamHeaders({
          headers: request.headers,
          traceparent: formatTraceparent(span),
          accept: 'application/json, text/event-stream',
          sessionId,
          credential: deps.credential(snapshot, server, principal),
        }),
        body: JSON.stringify(message.raw),
      },
      id: undefined,
      response,
      acceptsStream: false,
      passesServerRequests: false,
      isRepeatable: false,
      passesLarge: false,
      explain: (failure) => statusAnswer(relayFailure(server, failure, false), failure),
      onEnd: () => span.end(),
    },
    deps.relay,
  );
}
