import type { JsonRpcId } from '../../wire/json-rpc.ts';
import { objectField, stringField, type JsonObject } from '../../wire/json-value.ts';
import type { Era } from '../../wire/protocol.ts';
import type { Crossing, ParkedCall } from '../crossing.ts';
import type { Asker } from './asker.ts';
import { isAtLeast } from './log-level.ts';
import { toModernAnswer, type AnsweredCall } from './modern-answer.ts';

/** What a call to a server of the older era needs to cross. */
export interface LegacyCrossingOptions {
  readonly call: AnsweredCall;
  readonly clientEra: Era;
  /** Id of the call at the server: no two calls of one session share one. */
  readonly sentId: JsonRpcId;
  /** The server's name for itself. */
  readonly serverInfo: JsonObject | undefined;
  /** Least level of log notices that the client asked for; absent: none. */
  readonly logLevel: string | undefined;
  /** Asks the client in mid-call; absent when it has no session. */
  readonly asker: Asker | undefined;
  /** Keeps the call at the server while a modern client is asked: the request state by which that comes back, if it may. */
  readonly hold: ((question: JsonObject, parked: ParkedCall) => string | undefined) | undefined;
  /** Says something to the server beside the call: an answer, or that the call is given up. */
  readonly say: (message: JsonObject) => void;
  /** The server told that a list of its changed. */
  readonly onListChange: () => void;
}

/** Makes the crossing of a call to a server of the older era, whose session is the gateway's and not the client's. */
export function createLegacyCrossing(options: LegacyCrossingOptions): Crossing {
  const { call, clientEra, sentId, serverInfo, say, asker } = options;
  return {
    sentId,
    // An older server asks by requests of its own, never instead of an answer.
    question: () => undefined,
    answer: (message) =>
      clientEra === 'modern' ? toModernAnswer(message, call, serverInfo) : { ...message, id: call.id },
    statusOf: (answer) =>
      clientEra === 'modern' && objectField(answer, 'error')?.['code'] === METHOD_NOT_FOUND ? 404 : 200,
    notice: (message) => passedNotice(options, message),
    park: (message, parked) => parkedAnswer(options, message, parked),
    onRequest: (message) => passedRequest(options, message),
    cancel: () =>
      say({
        jsonrpc: '2.0',
        method: 'notifications/cancelled',
        params: { requestId: sentId, reason: 'the client does not wait any more' },
      }),
    close: () => asker?.close(),
  };
}

/** The question as a modern client is asked: instead of an answer, with a state by which it comes back (03 §3). */
function parkedAnswer(
  { call, hold }: LegacyCrossingOptions,
  message: JsonObject,
  parked: ParkedCall,
): JsonObject | undefined {
  const requestState = hold?.(message, parked);
  if (requestState === undefined) return undefined;
  const { method, params } = message;
  const inputRequests = { [QUESTION_KEY]: params === undefined ? { method } : { method, params } };
  return { jsonrpc: '2.0', id: call.id, result: { resultType: 'input_required', inputRequests, requestState } };
}

/** A question under an id of ours, so that those of two servers never meet; the answer goes back under the server's (03 C4, M7). */
function passedRequest({ asker, say }: LegacyCrossingOptions, message: JsonObject): JsonObject | undefined {
  const { id, method } = message;
  if (asker?.canAsk(method) === true) return asker.question(message, (answer) => say({ ...answer, id }));
  say({ jsonrpc: '2.0', id, ...replyTo(method) });
  return undefined;
}

/** Progress and, if asked for, log notices belong to the call. What concerns the session is the gateway's (03 C6). */
function passedNotice({ logLevel, onListChange }: LegacyCrossingOptions, message: JsonObject): JsonObject | undefined {
  const method = stringField(message, 'method') ?? '';
  if (method.endsWith('/list_changed')) onListChange();
  if (method === 'notifications/progress') return message;
  return method === 'notifications/message' && isAtLeast(message, logLevel) ? message : undefined;
}

/** What a server hears that asks for something of which its session does not say that the client has it. */
function replyTo(method: unknown): JsonObject {
  if (method === 'ping') return { result: {} };
  if (method === 'elicitation/create') return { result: { action: 'decline' } };
  return {
    error: { code: METHOD_NOT_FOUND, message: `Method not found: the client cannot be asked for ${String(method)}` },
  };
}

/** Key of the one question that is open at a time. */
export const QUESTION_KEY = 'question';
const METHOD_NOT_FOUND = -32_601;
