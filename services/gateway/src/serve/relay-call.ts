import { principalKey } from '@fairlead/server-kit/identity';
import type { CallDeps, CallableBackend } from '../deps.ts';
import type { AnswerHead } from '../forward/exchange.ts';
import { relay } from '../forward/relay.ts';
import type { RelayEnd, RelayTask } from '../forward/relay-task.ts';
import { uriRewriter } from '../forward/rewrite-uris.ts';
import type { UpstreamRequest } from '../forward/upstream.ts';
import type { SessionOwner } from '../forward/upstream-sessions.ts';
import { protocolMeta } from '../wire/protocol.ts';
import type { ExtraHeaders } from '../wire/respond.ts';
import { answerFailure } from './answer-unsent.ts';
import type { RequestCall } from './call.ts';
import { failureAnswer, openFailure, relayFailure } from './explain-failure.ts';
import { recordCall, type CallResult } from './record-call.ts';
import type { OutgoingCall } from './outgoing-call.ts';
import { toUpstreamRequest } from './to-upstream-request.ts';

/** A call whose limits are taken, and the way to its server. */
export interface Departure {
  readonly outgoing: OutgoingCall;
  readonly backend: CallableBackend;
  /** Gives back what the limits hold. */
  readonly release: () => void;
}

/** Passes a call to its server and the answer back; in a session that the gateway keeps, where the server wants one. */
export function relayCall(deps: CallDeps, call: RequestCall, departure: Departure): void {
  if (wantsKeptSession(call, departure.outgoing)) return relayInKeptSession(deps, call, departure);
  const request = toUpstreamRequest(deps, call, departure.outgoing);
  relay(toTask(deps, call, { ...departure, request }), deps.relay);
}

/** On `/mcp` an older client has no session, and a server that keeps sessions takes no call without one. */
function wantsKeptSession({ server, era }: RequestCall, outgoing: OutgoingCall): boolean {
  return server === undefined && era === 'legacy' && outgoing.server.listing?.keepsSessions === true;
}

function relayInKeptSession(deps: CallDeps, call: RequestCall, departure: Departure): void {
  const { outgoing, backend, release } = departure;
  const owner: SessionOwner = {
    upstream: backend.upstream,
    caller: principalKey(call.principal),
    credential: deps.credential(call.snapshot, outgoing.server, call.principal),
  };
  const inSession = async (): Promise<UpstreamRequest> =>
    toUpstreamRequest(deps, { ...call, sessionId: await deps.upstreamSessions.obtain(owner) }, outgoing);
  async function renew(): Promise<UpstreamRequest> {
    deps.upstreamSessions.forget(owner);
    return inSession();
  }
  inSession().then(
    (request) => relay({ ...toTask(deps, call, { ...departure, request }), renew }, deps.relay),
    () => {
      release();
      backend.noteFailure();
      answerFailure(deps, call, { outgoing, failure: openFailure(outgoing.server) });
    },
  );
}

function toTask(
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
