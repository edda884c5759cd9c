import { ServiceError, newTraceId, resolveTrace } from '@fairlead/server-kit/runtime';
import type { CallDeps } from '../deps.ts';
import { checkHeaders } from '../wire/check-headers.ts';
import { classifyEra } from '../wire/classify-era.ts';
import { decodeJson } from '../wire/decode-json.ts';
import { rpcCodes, type JsonRpcMessage, type RpcRefusal } from '../wire/json-rpc.ts';
import { objectField } from '../wire/json-value.ts';
import { readBody, type BodyOutcome } from '../wire/read-body.ts';
import { readMessage } from '../wire/read-message.ts';
import { isAcceptable, readAccept } from './accept.ts';
import type { Call, Visit } from './call.ts';
import { dispatchCall } from './dispatch-call.ts';
import { failInside } from './fail-inside.ts';
import { bodyTooLarge, notAcceptable, refuse, unknownRoute, unread, wrongType } from './refuse.ts';

/** Reads and checks the one message of a POST, then serves it. Refusals say what to mend. */
export function receiveMessage(deps: CallDeps, visit: Visit): void {
  const { request } = visit;
  if (!isJsonType(request.headers['content-type']))
    return refuse(deps, visit, { ...unread(request), refusal: wrongType, outcome: 'invalid' });
  readBody(request, deps.bodyBytesMax, (outcome) => {
    try {
      receiveBody(deps, visit, outcome);
    } catch (error) {
      failInside(deps, visit, error);
    }
  });
}

function receiveBody(deps: CallDeps, visit: Visit, outcome: BodyOutcome): void {
  if (outcome.kind === 'gone') return;
  if (outcome.kind === 'read') return receiveBytes(deps, visit, outcome.bytes);
  refuse(deps, visit, {
    ...unread(visit.request),
    refusal: bodyTooLarge(outcome.size, deps.bodyBytesMax),
    outcome: 'invalid',
  });
}

function receiveBytes(deps: CallDeps, visit: Visit, bytes: Buffer): void {
  const body = tryDecode(bytes);
  if (!body.ok) return refuse(deps, visit, { ...unread(visit.request), refusal: body.refusal, outcome: 'invalid' });
  const read = readMessage(body.value);
  if (!read.ok)
    return refuse(deps, visit, { ...unread(visit.request), id: read.id, refusal: read.refusal, outcome: 'invalid' });
  receive(deps, visit, read.message);
}

/** Checks what headers and body say together, then serves the message. */
function receive(deps: CallDeps, visit: Visit, message: JsonRpcMessage): void {
  const { headers } = visit.request;
  const verdict = classifyEra(message, headers);
  if (!verdict.ok) return refuseMessage(deps, visit, { message, refusal: verdict.refusal });
  const { era } = verdict;
  const mismatch = era === 'modern' ? checkHeaders(message, headers) : undefined;
  if (mismatch !== undefined) return refuseMessage(deps, visit, { message, refusal: mismatch });
  const accepts = readAccept(headers);
  if (message.kind === 'request' && !isAcceptable(accepts, era))
    return refuseMessage(deps, visit, { message, refusal: notAcceptable });
  const inSession = era === 'legacy' ? openSession(deps, visit) : visit;
  if (inSession === undefined) return refuseMessage(deps, visit, { message, refusal: unknownRoute });
  dispatchCall(deps, { ...inSession, message, era, accepts, span: startSpan(deps, visit, message) });
}

function refuseMessage(
  deps: CallDeps,
  visit: Visit,
  { message, refusal }: { readonly message: JsonRpcMessage; readonly refusal: RpcRefusal },
): void {
  const id = message.kind === 'request' ? message.id : null;
  const outcome = refusal === unknownRoute ? 'hidden' : 'invalid';
  refuse(deps, visit, { traceId: newTraceId(), method: nameOf(message), id, refusal, outcome });
}

function nameOf(message: JsonRpcMessage): string {
  return message.kind === 'response' ? 'response' : message.method;
}

/** A session id that a legacy client sends must be ours, this caller's and this route's; a modern one is ignored (03 E5). */
export function openSession(deps: CallDeps, visit: Visit): Visit | undefined {
  const sealed = visit.request.headers['mcp-session-id'];
  if (sealed === undefined) return visit;
  if (typeof sealed !== 'string') return undefined;
  const { server, principal } = visit;
  const sessionId = server === undefined ? undefined : deps.sessions.open(sealed, server.name, principal);
  if (sessionId !== undefined) return { ...visit, sessionId };
  const facts = deps.gatewaySessions.open(sealed, server?.name, principal);
  return facts === undefined ? undefined : { ...visit, session: { facts, live: deps.liveSessions.of(facts.id) } };
}

function startSpan(deps: CallDeps, { request }: Visit, message: JsonRpcMessage): Call['span'] {
  const params = message.kind === 'response' ? undefined : message.params;
  const header = { traceparent: request.headers['traceparent'] };
  const trace = resolveTrace({ header, meta: objectField(params, '_meta') ?? {} });
  return deps.tracing.startSpan(nameOf(message), { kind: 'server', parent: trace.parent, link: trace.link });
}

type Decoded = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly refusal: RpcRefusal };

function tryDecode(bytes: Buffer): Decoded {
  try {
    return { ok: true, value: decodeJson(bytes) };
  } catch (error) {
    if (!ServiceError.is(error)) throw error;
    const rpcCode = error.code === 'WIRE_INVALID' ? rpcCodes.parseError : rpcCodes.invalidRequest;
    return {
      ok: false,
      refusal: { status: 400, rpcCode, code: error.code, message: error.publicMessage, data: { ...error.details } },
    };
  }
}

function isJsonType(contentType: string | undefined): boolean {
  return (
    contentType === 'application/json' || contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json'
  );
}
