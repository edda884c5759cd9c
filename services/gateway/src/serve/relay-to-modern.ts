import { formatTraceparent } from '@fairlead/server-kit/runtime';
import { paramHeaderValues } from '../catalog/param-headers.ts';
import type { CallDeps } from '../deps.ts';
import { createModernCrossing } from '../forward/bridge/modern-crossing.ts';
import { toModernParams } from '../forward/bridge/modern-params.ts';
import { relay } from '../forward/relay.ts';
import type { UpstreamRequest } from '../forward/upstream.ts';
import { encodeHeaderValue } from '../wire/header-value.ts';
import { MODERN_VERSION } from '../wire/protocol.ts';
import { hopAccept } from './accept.ts';
import type { RequestCall } from './call.ts';
import type { Departure } from './departure.ts';
import { cannotAnswerFailure, failureMessage, relayFailure } from './explain-failure.ts';
import { hopHeaders } from './hop-headers.ts';
import type { OutgoingCall } from './outgoing-call.ts';
import { toRelayTask } from './to-relay-task.ts';
import { withTrace } from './with-trace.ts';

/** Passes a call of an older client to a server that is modern only. */
export function relayToModern(deps: CallDeps, call: RequestCall, departure: Departure): void {
  const { server, callClass } = departure.outgoing;
  const { id, method } = call.message;
  const crossing = createModernCrossing({
    call: { id, method },
    refuse: (kind) =>
      failureMessage(
        { id, method, era: call.era },
        kind === 'input_required'
          ? cannotAnswerFailure(server)
          : relayFailure(server, { kind: 'invalid', reason: 'a result of an unknown kind' }, callClass === 'write'),
      ),
  });
  const request = toModernRequest(deps, call, departure.outgoing);
  relay({ ...toRelayTask(deps, call, { ...departure, request }), crossing, passesLarge: false }, deps.relay);
}

/** The headers of the newer era repeat the body, as a modern client would have written them (SEP-2243). */
function toModernRequest(
  deps: CallDeps,
  { request, message, span, snapshot, principal, accepts }: RequestCall,
  { server, item, name, params }: OutgoingCall,
): UpstreamRequest {
  const traceparent = formatTraceparent(span);
  const enveloped = toModernParams(params, { clientInfo: deps.serverInfo, capabilities: {} });
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
