import { listMethods } from '../catalog/list-result.ts';
import type { CallDeps } from '../deps.ts';
import type { Era } from '../wire/protocol.ts';
import { sendEmpty } from '../wire/respond.ts';
import { answerDiscover, answerInitialize, answerList, answerPing, answerSetLevel } from './answer-locally.ts';
import type { Call, OwnSession, RequestCall } from './call.ts';
import type { ItemMethod } from './find-target.ts';
import { forwardItem } from './forward-item.ts';
import { forwardMessage } from './forward-message.ts';
import { forwardOpen } from './forward-open.ts';
import { hopEra } from './hop-era.ts';
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

const NOT_CARRIED: Readonly<Record<Era, ReadonlySet<string>>> = {
  modern: new Set(['subscriptions/listen', 'initialize', 'ping', 'logging/setLevel', ...SESSION_ITEM_METHODS]),
  legacy: SESSION_ITEM_METHODS,
};

/** Gives a message to what serves it: the gateway itself, or the server that has what it names. */
export function dispatchCall(deps: CallDeps, call: Call): void {
  if (isRequestCall(call)) dispatchRequest(deps, call);
  else if (call.sessionId !== undefined) forwardMessage(deps, call);
  else if (call.session !== undefined) takeInSession(call, call.session);
  else if (call.message.kind === 'notification') sendEmpty(call.response, 202);
  else refuse(deps, call, { traceId: call.span.traceId, method: 'response', refusal: strayAnswer, outcome: 'invalid' });
}

function isRequestCall(call: Call): call is RequestCall {
  return call.message.kind === 'request';
}

function dispatchRequest(deps: CallDeps, call: RequestCall): void {
  const { method } = call.message;
  if (crossesNot(call)) return answerUnknownMethod(deps, call);
  if (isItemMethod(method, call)) return forwardItem(deps, call, method);
  if (listMethods.has(method)) return answerList(deps, call);
  if (call.era === 'modern' && method === 'server/discover') return answerDiscover(deps, call);
  if (call.era === 'legacy' && isOpenedHere(call)) {
    if (method === 'initialize') return answerInitialize(deps, call);
    if (method === 'ping') return answerPing(deps, call);
    if (method === 'logging/setLevel') return answerSetLevel(deps, call);
  }
  return call.server === undefined ? answerUnknownMethod(deps, call) : forwardOpen(deps, call);
}

/** Whether the gateway itself opens an older client's conversation: there is no server here that could. */
function isOpenedHere({ server }: RequestCall): boolean {
  return server === undefined || hopEra(server, 'legacy') === 'modern';
}

/** Methods that the client's era does not have, or that the bridge does not carry; neither are they shown as capabilities. */
function crossesNot({ server, era, message }: RequestCall): boolean {
  return server !== undefined && hopEra(server, era) !== era && NOT_CARRIED[era].has(message.method);
}

function isItemMethod(method: string, { era, server }: RequestCall): method is ItemMethod {
  return ITEM_METHODS.has(method) || (era === 'legacy' && server !== undefined && SESSION_ITEM_METHODS.has(method));
}

/** What the client of a session says beside its requests: an answer to a question, or that it gives a call up. */
function takeInSession({ message, response }: Call, { live }: OwnSession): void {
  if (message.kind === 'response') live.answer(message.raw);
  if (message.kind === 'notification' && message.method === 'notifications/cancelled')
    live.cancel(message.params?.['requestId']);
  sendEmpty(response, 202);
}

/** Nothing was asked of this client: only a session carries a server's requests. */
const strayAnswer = {
  status: 400,
  rpcCode: rpcCodes.invalidRequest,
  code: 'WIRE_INVALID',
  message: 'Invalid request: there is no request that this answers. Answers belong to a session.',
};
