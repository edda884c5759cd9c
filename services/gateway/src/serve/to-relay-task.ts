import type { CallDeps } from '../deps.ts';
import { isAtLeast } from '../forward/bridge/log-level.ts';
import type { AnswerHead } from '../forward/exchange.ts';
import type { RelayEnd } from '../forward/client-leg.ts';
import type { RelayTask } from '../forward/relay-task.ts';
import { uriRewriter } from '../forward/rewrite-uris.ts';
import type { UpstreamRequest } from '../forward/upstream.ts';
import type { JsonObject } from '../wire/json-value.ts';
import { protocolMeta } from '../wire/protocol.ts';
import type { ExtraHeaders } from '../wire/respond.ts';
import type { RequestCall } from './call.ts';
import type { Departure } from './departure.ts';
import { failureAnswer, relayFailure } from './explain-failure.ts';
import type { OutgoingCall } from './outgoing-call.ts';
import { recordCall, type CallResult } from './record-call.ts';

/** Says to a relay what one call is about. */
export function toRelayTask(
  deps: CallDeps,
  call: RequestCall,
  { outgoing, backend, release, request }: Departure & { readonly request: UpstreamRequest },
): RelayTask {
  const { server, callClass, isRepeatable } = outgoing;
  const { response, route, message, sessionId, era } = call;
  const sentMs = deps.clock.monotonicMs();
  return {
    owner: call.principal,
    upstream: backend.upstream,
    callClass,
    request,
    id: message.id,
    response,
    acceptsStream: call.accepts.stream,
    passesServerRequests: sessionId !== undefined,
    isRepeatable,
    takesNotice: route.server === undefined && era === 'legacy' ? logFilter(call) : undefined,
    rewrite: route.server === undefined ? uriRewriter(route.uris, server.name) : undefined,
    passesLarge: !route.renamedServers.has(server.name),
    answerHeaders: (head) => sessionHeaders(deps, call, head),
    explain(failure) {
      if (failure.kind === 'transport' && failure.failure.kind !== 'aborted') backend.noteFailure();
      return failureAnswer(
        { method: message.method, id: message.id, era },
        relayFailure(server, failure, callClass === 'write'),
      );
    },
    beforeChangeNotice: () => backend.followChange(),
    farewell: outgoing.isStream ? farewellText(call) : undefined,
    onEnd(end) {
      release();
      recordCall(deps, call, toResult(outgoing, end, deps.clock.monotonicMs() - sentMs));
    },
  };
}

/** On `/mcp` no server knows the level that a session has set, so what it sends unasked stays here (03 C6). */
function logFilter({ session }: RequestCall): (message: JsonObject) => boolean {
  return (message) => message['method'] !== 'notifications/message' || isAtLeast(message, session?.live.logLevel);
}

/** A new session gets its id sealed for the caller; one that its server no longer knows is over here too. */
function sessionHeaders(deps: CallDeps, call: RequestCall, { status, headers }: AnswerHead): ExtraHeaders {
  const { server, sessionId, principal, era } = call;
  if (sessionId !== undefined && status === 404) deps.sessions.end(sessionId);
  const upstreamId = headers['mcp-session-id'];
  if (typeof upstreamId !== 'string' || sessionId !== undefined || era === 'modern' || server === undefined) return {};
  return { 'Mcp-Session-Id': deps.sessions.seal(upstreamId, server.name, principal) };
}

/** The result that ends a `subscriptions/listen` in a planned way (03 S2). */
function farewellText({ message }: RequestCall): string {
  const result = { resultType: 'complete', _meta: { [protocolMeta.subscriptionId]: message.id } };
  return JSON.stringify({ jsonrpc: '2.0', id: message.id, result });
}

function toResult(
  { server, rule, item, shownName: name, argsDigest }: OutgoingCall,
  end: RelayEnd,
  upstreamMs: number,
): CallResult {
  return { ...end, decision: { outcome: 'allow', rule }, server: server.name, item, name, argsDigest, upstreamMs };
}
