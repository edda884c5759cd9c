import type { IncomingMessage } from 'node:http';
import type { AuditOutcome } from '@fairlead/contracts';
import { newTraceId } from '@fairlead/server-kit/runtime';
import type { CallDeps } from '../deps.ts';
import { rpcCodes, type JsonRpcId, type RpcRefusal } from '../wire/json-rpc.ts';
import { sendRefusal } from '../wire/respond.ts';
import type { Arrival, Call, Visit } from './call.ts';

/** What is refused, and as what it is recorded. */
export interface RefusedRequest {
  readonly refusal: RpcRefusal;
  readonly outcome: AuditOutcome;
  readonly id?: JsonRpcId | null | undefined;
  readonly traceId: string;
  /** Method of the message, or of the HTTP request when no message was read. */
  readonly method: string;
}

/** Sends a refusal and records it: denials are decisions like any other (04 G-67). */
export function refuse(deps: CallDeps, arrival: Arrival | Visit | Call, refused: RefusedRequest): void {
  recordRefusal(deps, arrival, {
    ...refused,
    bytes: sendRefusal(arrival.response, refused.id ?? null, refused.refusal),
  });
}

/** Records a refusal that was sent. */
export function recordRefusal(
  deps: CallDeps,
  arrival: Arrival | Visit | Call,
  refused: RefusedRequest & { readonly bytes: number },
): void {
  const { refusal, outcome, traceId, method, bytes } = refused;
  deps.metrics.decision(outcome, undefined, undefined);
  deps.audit.append({
    traceId,
    principal: 'principal' in arrival ? arrival.principal : undefined,
    address: arrival.address,
    method,
    decision: { outcome, code: refusal.code },
    outcome: 'refused',
    code: refusal.code,
    ms: deps.clock.monotonicMs() - arrival.startedMs,
    bytes,
  });
}

/** How a request is recorded of which no message was read. */
export function unread({ method }: IncomingMessage): Pick<RefusedRequest, 'method' | 'traceId'> {
  return { method: method ?? '', traceId: newTraceId() };
}

/** The one answer for a server or a session that does not exist, and for one that is another's (04 G-34). */
export const unknownRoute: RpcRefusal = {
  status: 404,
  rpcCode: rpcCodes.unknownSession,
  code: 'NOT_FOUND',
  message: 'Not found: no such server or session for you. List the servers you may use at /mcp, or initialize again.',
};

export const bodyTooLarge = (size: number, bytesMax: number): RpcRefusal => ({
  status: 413,
  rpcCode: rpcCodes.notAcceptable,
  code: 'WIRE_TOO_LARGE',
  message: `The body has ${size} bytes or more; the limit is ${bytesMax} (BODY_BYTES_MAX). Send less.`,
  data: { size, bytesMax },
});

export const wrongType: RpcRefusal = {
  status: 415,
  rpcCode: rpcCodes.notAcceptable,
  code: 'WIRE_TYPE',
  message: 'The content type must be application/json.',
};

export const notAcceptable: RpcRefusal = {
  status: 406,
  rpcCode: rpcCodes.notAcceptable,
  code: 'WIRE_NOT_ACCEPTABLE',
  message: 'The Accept header must allow application/json, and text/event-stream for clients that initialize.',
};

export const methodNotAllowed: RpcRefusal = {
  status: 405,
  rpcCode: rpcCodes.methodNotAllowed,
  code: 'WIRE_METHOD',
  message: 'Send messages by POST. GET and DELETE belong to a session.',
  headers: { Allow: 'POST' },
};

export const shuttingDown: RpcRefusal = {
  status: 503,
  rpcCode: rpcCodes.draining,
  code: 'SHUTTING_DOWN',
  message: 'The gateway is stopping. Call again in a second.',
  headers: { 'Retry-After': '1', Connection: 'close' },
};

export const tooManyStreams: RpcRefusal = {
  status: 429,
  rpcCode: rpcCodes.doorLimit,
  code: 'LIMIT_CONCURRENCY',
  message: 'Too many open streams. Close one first.',
  headers: { 'Retry-After': '1' },
};

export const auditUnavailable: RpcRefusal = {
  status: 503,
  rpcCode: rpcCodes.internal,
  code: 'AUDIT_UNAVAILABLE',
  message: 'The audit log cannot be written, and no call runs without a record. Tell the operator.',
  headers: { 'Retry-After': '10' },
};

export const internalError = (traceId: string): RpcRefusal => ({
  status: 500,
  rpcCode: rpcCodes.internal,
  code: 'INTERNAL',
  message: `Something failed on our side. The operator finds it in the log by the trace id ${traceId}.`,
  data: { traceId },
});
