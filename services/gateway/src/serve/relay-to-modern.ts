import { formatTraceparent } from '@fairlead/server-kit/runtime';
import { paramHeaderValues } from '../catalog/param-headers.ts';
import type { CallDeps } from '../deps.ts';
import { Asker } from '../forward/bridge/asker.ts';
import { createModernCrossing, type ClientAnswers } from '../forward/bridge/modern-crossing.ts';
import { toModernParams } from '../forward/bridge/modern-params.ts';
import { relay } from '../forward/relay.ts';
import type { UpstreamRequest } from '../forward/upstream.ts';
import { encodeHeaderValue } from '../wire/header-value.ts';
import type { JsonObject } from '../wire/json-value.ts';
import { MODERN_VERSION } from '../wire/protocol.ts';
import { hopAccept } from './accept.ts';
import type { RequestCall } from './call.ts';
import type { Departure } from './departure.ts';
import { cannotAnswerFailure, failureMessage, relayFailure } from './explain-failure.ts';
import { hopHeaders } from './hop-headers.ts';
import type { OutgoingCall } from './outgoing-call.ts';
import { trackCall } from './track-call.ts';
import { toRelayTask } from './to-relay-task.ts';
import { withTrace } from './with-trace.ts';

/** Passes a call of an older client to a server that is modern only. */
export function relayToModern(deps: CallDeps, call: RequestCall, departure: Departure): void {
  const { server, callClass } = departure.outgoing;
  const { session } = call;
  const { id, method } = call.message;
  const crossing = createModernCrossing({
    call: { id, method },
    asker: session === undefined ? undefined : new Asker(session.live, session.facts.capabilities),
    logLevel: session?.live.logLevel,
    again: (answers) =>
      toModernRequest(deps, call, {
        ...departure.outgoing,
        params: { ...departure.outgoing.params, ...withoutAbsent(answers) },
      }),
    refuse: (kind) =>
      failureMessage(
        { id, method, era: call.era },
        kind === 'input_required'
          ? cannotAnswerFailure(server)
          : relayFailure(server, { kind: 'invalid', reason: 'a result of an unknown kind' }, callClass === 'write'),
      ),
  });
  const request = toModernRequest(deps, call, departure.outgoing);
  const tracked = trackCall(call);
  const task = { ...toRelayTask(deps, call, { ...departure, request }), crossing, passesLarge: false };
  tracked.started(relay(tracked.task(task), deps.relay));
}

function withoutAbsent({ inputResponses, requestState }: ClientAnswers): JsonObject {
  return requestState === undefined ? { inputResponses } : { inputResponses, requestState };
}

/** The headers of the newer era repeat the body, as a modern client would have written them (SEP-2243). */
function toModernRequest(
  deps: CallDeps,
  { request, message, span, snapshot, principal, accepts, session }: RequestCall,
  { server, item, name, params }: OutgoingCall,
): UpstreamRequest {
  const traceparent = formatTraceparent(span);
  const enveloped = toModernParams(params, {
    clientInfo: deps.serverInfo,
    capabilities: session?.facts.capabilities ?? {},
    logLevel: session?.live.logLevel,
  });
  return {
    method: 'POST',
    headers: {
      ...hopHeaders({
        request,
        traceparent,
        credential: deps.credential(snapshot, server, principal),
        accept: hopAccept(accepts),
      }),
      'mcp-protocol-version': MODERN_VERSION,
      'mcp-method': message.method,
      ...(name === undefined ? {} : { 'mcp-name': encodeHeaderValue(name) }),
      ...Object.fromEntries(paramHeaderValues(item?.paramHeaders ?? [], params?.['arguments'])),
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: message.id,
      method: message.method,
      params: withTrace(enveloped, traceparent),
    }),
  };
}
