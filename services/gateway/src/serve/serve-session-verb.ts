import { formatTraceparent, resolveTrace } from '@fairlead/server-kit/runtime';
import type { CallDeps } from '../deps.ts';
import { relay } from '../forward/relay.ts';
import type { RelayEnd } from '../forward/relay-task.ts';
import { upstreamHeaders } from '../forward/upstream-headers.ts';
import type { Visit } from './call.ts';
import { relayFailure } from './explain-failure.ts';
import { openSession } from './receive-message.ts';
import { refuse, tooManyStreams, unknownRoute, unread } from './refuse.ts';
import { statusAnswer } from './status-answer.ts';

/** Serves GET, the stream of a session, and DELETE, its end: both are the server's, passed through. */
export function serveSessionVerb(deps: CallDeps, visit: Visit): void {
  const seen = unread(visit.request);
  const inSession = openSession(deps, visit);
  const backend = visit.server === undefined ? undefined : deps.backend(visit.server.name);
  if (inSession === undefined || backend === undefined)
    return refuse(deps, visit, { ...seen, refusal: unknownRoute, outcome: 'hidden' });
  const { server, request, response, principal, snapshot, sessionId } = inSession;
  if (server === undefined) return refuse(deps, visit, { ...seen, refusal: unknownRoute, outcome: 'hidden' });
  const isStream = request.method === 'GET';
  const limit = isStream ? deps.limits.takeStream({ principal }) : noLimit;
  if (!limit.allowed) return refuse(deps, visit, { ...seen, refusal: tooManyStreams, outcome: 'limit' });
  const { parent } = resolveTrace({ header: { traceparent: request.headers['traceparent'] } });
  const span = deps.tracing.startSpan(`${seen.method} session`, { kind: 'server', parent });
  relay(
    {
      owner: principal,
      upstream: backend.upstream,
      callClass: 'read',
      request: {
        method: isStream ? 'GET' : 'DELETE',
        headers: upstreamHeaders({
          headers: request.headers,
          traceparent: formatTraceparent(span),
          accept: isStream ? 'text/event-stream' : 'application/json',
          sessionId,
          credential: deps.credential(snapshot, server, principal),
        }),
        body: null,
        isStream,
      },
      id: undefined,
      response,
      acceptsStream: true,
      passesServerRequests: true,
      isRepeatable: false,
      passesLarge: false,
      explain: (failure) => statusAnswer(relayFailure(server, failure, false), failure),
      beforeChangeNotice: () => backend.followChange(),
      onEnd(end) {
        limit.release();
        span.end();
        if (!isStream && end.outcome === 'ok' && sessionId !== undefined) deps.sessions.end(sessionId);
        record(deps, inSession, { end, traceId: span.traceId });
      },
    },
    deps.relay,
  );
}

const noLimit = { allowed: true, release() {} } as const;

function record(
  deps: CallDeps,
  { request, principal, address, server, startedMs }: Visit,
  { end, traceId }: { end: RelayEnd; traceId: string },
): void {
  const { outcome, code, bytes } = end;
  deps.audit.append({
    traceId,
    principal,
    address,
    method: request.method ?? '',
    server: server?.name,
    decision: { outcome: 'allow', rule: 'route' },
    outcome,
    code,
    ms: deps.clock.monotonicMs() - startedMs,
    bytes,
  });
}
