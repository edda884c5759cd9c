import { listMethods } from '../catalog/list-result.ts';
import type { CallDeps } from '../deps.ts';
import { sendEmpty } from '../wire/respond.ts';
import { answerDiscover, answerInitialize, answerList, answerPing } from './answer-locally.ts';
import type { Call, RequestCall } from './call.ts';
import type { ItemMethod } from './find-target.ts';
import { forwardItem } from './forward-item.ts';
import { forwardMessage } from './forward-message.ts';
import { forwardOpen } from './forward-open.ts';
import { rpcCodes } from '../wire/json-rpc.ts';
import { refuse } from './refuse.ts';
import { answerUnknownMethod } from './answer-unknown.ts';

const ITEM_METHODS: ReadonlySet<string> = new Set<ItemMethod>([
  'tools/call',
  'prompts/get',
  'resources/read',
  'completion/complete',
]);
/** Item methods that only exist inside a session. */
const SESSION_ITEM_METHODS: ReadonlySet<string> = new Set<ItemMethod>(['resources/subscribe', 'resources/unsubscribe']);

/** Gives a message to what serves it: the gateway itself, or the server that has what it names. */
export function dispatchCall(deps: CallDeps, call: Call): void {
  if (isRequestCall(call)) dispatchRequest(deps, call);
  else if (call.sessionId !== undefined) forwardMessage(deps, call);
  else if (call.message.kind === 'notification') sendEmpty(call.response, 202);
  else refuse(deps, call, { traceId: call.span.traceId, method: 'response', refusal: strayAnswer, outcome: 'invalid' });
}

function isRequestCall(call: Call): call is RequestCall {
  return call.message.kind === 'request';
}

function dispatchRequest(deps: CallDeps, call: RequestCall): void {
  const { method } = call.message;
  if (isItemMethod(method, call)) return forwardItem(deps, call, method);
  if (listMethods.has(method)) return answerList(deps, call);
  if (call.server !== undefined)
    return call.era === 'modern' && method === 'server/discover' ? answerDiscover(deps, call) : forwardOpen(deps, call);
  if (call.era === 'modern')
    return method === 'server/discover' ? answerDiscover(deps, call) : answerUnknownMethod(deps, call);
  if (method === 'initialize') return answerInitialize(deps, call);
  return method === 'ping' ? answerPing(deps, call) : answerUnknownMethod(deps, call);
}

function isItemMethod(method: string, { era, server }: RequestCall): method is ItemMethod {
  return ITEM_METHODS.has(method) || (era === 'legacy' && server !== undefined && SESSION_ITEM_METHODS.has(method));
}

/** Nothing was asked of this client: only a session carries a server's requests. */
const strayAnswer = {
  status: 400,
  rpcCode: rpcCodes.invalidRequest,
  code: 'WIRE_INVALID',
  message:
    'Invalid request: there is no request that this answers. Answers belong to a session of /servers/<name>/mcp.',
};
