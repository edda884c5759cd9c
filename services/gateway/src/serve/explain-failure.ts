import { metaKeys } from '@fairlead/contracts';
import type { ServerView } from '../catalog/snapshot.ts';
import type { RelayFailure } from '../forward/client-leg.ts';
import type { Outage } from '../forward/upstream.ts';
import { rpcCodes, type JsonRpcId } from '../wire/json-rpc.ts';
import type { JsonObject } from '../wire/json-value.ts';
import type { Era } from '../wire/protocol.ts';
import { rpcError, type JsonAnswer } from '../wire/respond.ts';

/** Why a call got no answer of its server, in words that its caller may read. */
export interface CallFailure {
  /** Stable code of the registry. */
  readonly code: string;
  /** What happened, and what to do. Holds no address, header or stack. */
  readonly message: string;
  /** JSON-RPC code for every method but `tools/call`. */
  readonly rpcCode: number;
  readonly retryAfterMs?: number | undefined;
}

/** The call that failed, as far as its answer depends on it. */
export interface FailedCall {
  readonly method: string;
  readonly id: JsonRpcId | null;
  readonly era: Era;
}

/** An answer that says a failure: a tool result with `isError`, which the model can read, or a JSON-RPC error (04 §15). */
export function failureAnswer(call: FailedCall, failure: CallFailure): JsonAnswer & { readonly code: string } {
  const { code, retryAfterMs } = failure;
  const headers = retryAfterMs === undefined ? undefined : { 'Retry-After': String(Math.ceil(retryAfterMs / 1_000)) };
  return { status: 200, body: JSON.stringify(failureMessage(call, failure)), headers, code };
}

/** The message of such an answer. */
export function failureMessage(call: FailedCall, failure: CallFailure): JsonObject {
  return call.method === 'tools/call'
    ? toolError(call, failure)
    : rpcError(call.id, { ...failure, data: retryData(failure.retryAfterMs) });
}

function toolError({ id, era }: FailedCall, { code, message, retryAfterMs }: CallFailure): JsonObject {
  const result = {
    ...(era === 'modern' ? { resultType: 'complete' } : {}),
    content: [{ type: 'text', text: `${code}: ${message}` }],
    isError: true,
    _meta: { [metaKeys.error]: { code, message, ...retryData(retryAfterMs) } },
  };
  return { jsonrpc: '2.0', id, result };
}

function retryData(retryAfterMs: number | undefined): JsonObject {
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}

/** The failure of a call that was not sent, because its server is known not to answer. */
export function downFailure(server: ServerView, { since, nextTryAt }: Outage): CallFailure {
  const known = server.status.state === 'down' ? server.status.since : since;
  return {
    code: 'UPSTREAM_DOWN',
    rpcCode: rpcCodes.upstreamDown,
    message: `The server "${server.name}" has not answered since ${known.toISOString()} and is tried again at ${nextTryAt.toISOString()}. Call again after that${orAsk(server)}.`,
  };
}

/** The failure of a call whose server asks the person at the client, who cannot be reached. */
export function cannotAnswerFailure(server: ServerView): CallFailure {
  return {
    code: 'CALLER_CANNOT_ANSWER',
    rpcCode: rpcCodes.upstreamDown,
    message: `The server "${server.name}" asks for something that your client cannot be asked here; nothing was changed. Give it with the call if a parameter takes it, or use a client of protocol version 2026-07-28.`,
  };
}

/** The failure of a call whose server did not open the session that it asks for. */
export function openFailure(server: ServerView): CallFailure {
  return {
    code: 'UPSTREAM_DOWN',
    rpcCode: rpcCodes.upstreamDown,
    message: `The server "${server.name}" does not open a session; nothing was changed. Call again in a few seconds${orAsk(server)}.`,
  };
}

/** The failure of a call that waited for its client on another replica, or for too long. */
export const callLost: CallFailure = {
  code: 'BRIDGE_CALL_LOST',
  rpcCode: rpcCodes.upstreamDown,
  message:
    'The call that this answers does not wait any more; it was given up at the server. Call again without requestState.',
};

/** The failure of a call that was sent and not answered as it should be. `mayHaveRun`: it changes something. */
export function relayFailure(server: ServerView, failure: RelayFailure, mayHaveRun: boolean): CallFailure {
  if (failure.kind === 'status') return statusFailure(server, failure);
  if (failure.kind === 'transport') return transportFailure(server, failure.failure, mayHaveRun);
  return {
    code: 'UPSTREAM_INVALID',
    rpcCode: rpcCodes.upstreamDown,
    message: `The server "${server.name}" answered something that cannot be read${ranOrNot(mayHaveRun)}. Tell its owner${owner(server)}.`,
  };
}

function statusFailure(
  server: ServerView,
  { status, retryAfter }: Extract<RelayFailure, { kind: 'status' }>,
): CallFailure {
  if (status === 401 || status === 403) {
    const message = `The server "${server.name}" refuses the gateway's credential. Tell the gateway's operator; your own credential is good.`;
    return { code: 'UPSTREAM_AUTH', rpcCode: rpcCodes.upstreamDown, message };
  }
  if (status === 429) {
    const retryAfterMs = /^[0-9]{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) * 1_000 : undefined;
    return {
      code: 'UPSTREAM_RATE_LIMITED',
      rpcCode: rpcCodes.upstreamDown,
      message: `The server "${server.name}" takes no more calls at the moment. Call again later.`,
      retryAfterMs,
    };
  }
  return {
    code: 'UPSTREAM_REFUSED',
    rpcCode: rpcCodes.upstreamDown,
    message: `The server "${server.name}" refused the call with status ${status}${orAsk(server)}.`,
  };
}

function transportFailure(
  server: ServerView,
  { kind, requestWritten }: Extract<RelayFailure, { kind: 'transport' }>['failure'],
  mayHaveRun: boolean,
): CallFailure {
  const ran = ranOrNot(mayHaveRun && requestWritten && kind !== 'refused');
  if (kind === 'timeout') {
    return {
      code: 'UPSTREAM_TIMEOUT',
      rpcCode: rpcCodes.upstreamTimeout,
      message: `The server "${server.name}" did not answer in time${ran}. Ask for less at a time, or call again later.`,
    };
  }
  return {
    code: 'UPSTREAM_DOWN',
    rpcCode: rpcCodes.upstreamDown,
    message: `The server "${server.name}" does not answer${ran}. Call again in a few seconds${orAsk(server)}.`,
  };
}

function ranOrNot(mayHaveRun: boolean): string {
  return mayHaveRun ? '; the call may have run, so check before you repeat it' : '; nothing was changed';
}

function orAsk(server: ServerView): string {
  return server.config.owner === undefined ? '' : `, or ask its owner${owner(server)}`;
}

function owner({ config }: ServerView): string {
  return config.owner === undefined ? '' : ` (${config.owner})`;
}
