import type { LimitDecision } from '@fairlead/server-kit/resilience';
import type { CallDeps } from '../deps.ts';
import { rpcCodes } from '../wire/json-rpc.ts';
import { sendJson } from '../wire/respond.ts';
import type { RequestCall } from './call.ts';
import { failureAnswer, type CallFailure } from './explain-failure.ts';
import { recordCall } from './record-call.ts';
import type { OutgoingCall } from './outgoing-call.ts';

/** Answers a call that was allowed and could not be sent. */
export function answerFailure(
  deps: CallDeps,
  call: RequestCall,
  { outgoing, failure }: { readonly outgoing: OutgoingCall; readonly failure: CallFailure },
): void {
  const bytes = send(call, failure);
  const { server, rule, item, shownName: name, argsDigest } = outgoing;
  const decision = { outcome: 'allow', rule } as const;
  recordCall(deps, call, {
    decision,
    server: server.name,
    item,
    name,
    argsDigest,
    outcome: 'failed',
    code: failure.code,
    bytes,
  });
}

/** A limit that refused. */
type Refused = Extract<LimitDecision, { allowed: false }>;

/** Answers a call that a limit refused: how long to wait, in words that a model can read. */
export function answerLimit(
  deps: CallDeps,
  call: RequestCall,
  { outgoing, limit }: { readonly outgoing: OutgoingCall; readonly limit: Refused },
): void {
  const { retryAfterMs } = limit;
  const message = `Too many calls. Wait ${Math.ceil(retryAfterMs / 1_000)} s, then call again.`;
  const bytes = send(call, { code: 'LIMIT_RATE', rpcCode: rpcCodes.doorLimit, message, retryAfterMs });
  deps.metrics.limitRejection(limit.rule);
  const { server, item, shownName: name, argsDigest } = outgoing;
  const decision = { outcome: 'limit', rule: limit.rule, code: 'LIMIT_RATE' } as const;
  recordCall(deps, call, {
    decision,
    server: server.name,
    item,
    name,
    argsDigest,
    outcome: 'refused',
    code: 'LIMIT_RATE',
    bytes,
  });
}

function send({ message, era, response }: RequestCall, failure: CallFailure): number {
  return sendJson(response, failureAnswer({ method: message.method, id: message.id, era }, failure));
}
