import { isJsonObject, type JsonObject } from '../wire/json-value.ts';
import type { JsonRpcId } from '../wire/json-rpc.ts';

/** How a call ended, for the audit record and the metrics. */
export interface CallOutcome {
  readonly outcome: 'ok' | 'tool_error' | 'rpc_error' | 'refused' | 'failed';
  /** Our code, or the number of the server's JSON-RPC error. */
  readonly code?: string;
}

/** A server's answer to one request, or why it is none. */
export type ReadAnswer =
  | { readonly ok: true; readonly message: JsonObject; readonly outcome: CallOutcome; readonly hasNullId: boolean }
  | { readonly ok: false; readonly reason: string };

/** Reads an answer to the request with the given id. An error without an id is taken: servers answer so before they read one. */
export function readAnswer(text: string, id: JsonRpcId): ReadAnswer {
  const message = parse(text);
  if (!isJsonObject(message)) return { ok: false, reason: 'the answer is no JSON object' };
  const { error, result } = message;
  if (error === undefined && result === undefined)
    return { ok: false, reason: 'the answer has no result and no error' };
  const hasNullId = error !== undefined && (message['id'] === null || message['id'] === undefined);
  if (!hasNullId && !isSameId(message['id'], id))
    return { ok: false, reason: 'the answer has the id of another request' };
  return { ok: true, message, outcome: outcomeOf(message), hasNullId };
}

/** What an answer says about the call. */
export function outcomeOf({ error, result }: JsonObject): CallOutcome {
  if (isJsonObject(error)) return { outcome: 'rpc_error', code: String(error['code']) };
  if (isJsonObject(result) && result['isError'] === true) return { outcome: 'tool_error' };
  return { outcome: 'ok' };
}

/** Whether an answer carries the id that was sent; a number that a double cannot hold compares as its double. */
export function isSameId(answered: unknown, sent: JsonRpcId): boolean {
  if (typeof sent === 'object') return answered === Number(sent.rawJSON);
  return answered === sent;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Reported as "no JSON object" by the caller, which knows whose answer it is.
    return undefined;
  }
}
