import type { CallDeps } from '../deps.ts';
import { rpcCodes } from '../wire/json-rpc.ts';
import { rpcErrorText, sendJson } from '../wire/respond.ts';
import type { RequestCall } from './call.ts';
import type { NoTarget } from './find-target.ts';
import { recordCall } from './record-call.ts';

/**
 * Answers a request for something that does not exist, or that the caller may not see: the same bytes for both, so that
 * nothing tells the two apart (04 G-34). Only the record knows.
 */
export function answerUnknown(
  deps: CallDeps,
  call: RequestCall,
  { noun, name }: Pick<NoTarget, 'noun' | 'name'>,
): void {
  const data = noun === 'resource' ? { uri: name } : {};
  const body = rpcErrorText(call.message.id, {
    rpcCode: rpcCodes.invalidParams,
    code: 'ITEM_UNKNOWN',
    message: `Unknown ${noun}: ${name}`,
    data,
  });
  const bytes = sendJson(call.response, { status: 200, body });
  recordCall(deps, call, {
    decision: { outcome: 'hidden', code: 'ITEM_UNKNOWN' },
    name,
    outcome: 'refused',
    code: 'ITEM_UNKNOWN',
    bytes,
  });
}

/** Answers parameters that do not say what the request is about. */
export function answerBadParams(deps: CallDeps, call: RequestCall, reason: string): void {
  const body = rpcErrorText(call.message.id, {
    rpcCode: rpcCodes.invalidParams,
    code: 'INPUT_INVALID',
    message: `Invalid params: ${reason}.`,
  });
  const bytes = sendJson(call.response, { status: 200, body });
  recordCall(deps, call, {
    decision: { outcome: 'invalid', code: 'INPUT_INVALID' },
    outcome: 'refused',
    code: 'INPUT_INVALID',
    bytes,
  });
}

/** Answers a method that this route does not have for the caller: 404 to modern clients, in the message to older ones (03 §4). */
export function answerUnknownMethod(deps: CallDeps, call: RequestCall): void {
  const { id, method } = call.message;
  const body = rpcErrorText(id, {
    rpcCode: rpcCodes.methodNotFound,
    code: 'METHOD_UNKNOWN',
    message: `Method not found: ${method}`,
  });
  const bytes = sendJson(call.response, { status: call.era === 'modern' ? 404 : 200, body });
  recordCall(deps, call, {
    decision: { outcome: 'hidden', code: 'METHOD_UNKNOWN' },
    outcome: 'refused',
    code: 'METHOD_UNKNOWN',
    bytes,
  });
}
