import { formatTraceparent, resolveTrace } from '@fairlead/server-kit/runtime';
import type { CallDeps } from '../deps.ts';
import { relay } from '../forward/relay.ts';
import type { RelayEnd } from '../forward/client-leg.ts';
import { upstreamHeaders } from '../forward/upstream-headers.ts';
import { sendEmpty } from '../wire/respond.ts';
import type { OwnSession, Visit } from './call.ts';
import { relayFailure } from './explain-failure.ts';
import { openSession } from './receive-message.ts';
import { methodNotAllowed, refuse, tooManyStreams, unknownRoute, unread } from './refuse.ts';
import { statusAnswer } from './status-answer.ts';

/** Serves GET, the stream of a session, and DELETE, its end: both are the server's, passed through. */
export function serveSessionVerb(deps: CallDeps, visit: Visit): void {
  const seen = unread(visit.request);
  const inSession = openSession(deps, visit);
  if (inSession?.session !== undefined) return serveOwnSession(deps, inSession, inSession.session);
  const backend = visit.server === undefined ? undefined : deps.backend(visit.server);
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

/** The gateway's own session: its end is ours to make, and a stream beside its calls it does not have. */
function serveOwnSession(deps: CallDeps, visit: Visit, { facts }: OwnSession): void {
  const { traceId, method } = unread(visit.request);
  if (method === 'GET') return refuse(deps, visit, { traceId, method, refusal: methodNotAllowed, outcome: 'invalid' });
  deps.gatewaySessions.end(facts);
  deps.liveSessions.end(facts.id);
  void deps.upstreamSessions.endOf(facts.id);
  record(deps, visit, { end: { outcome: 'ok', bytes: sendEmpty(visit.response, 200) }, traceId });
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
