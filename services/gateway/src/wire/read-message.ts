import { findCaseVariantKey } from './protocol-keys.ts';
import type { JsonRpcId, JsonRpcMessage, RpcRefusal } from './json-rpc.ts';
import { rpcCodes } from './json-rpc.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';

/** What a decoded body is, or why it is no message. `id` is echoed in the refusal where it can be read. */
export type ReadMessage =
  | { readonly ok: true; readonly message: JsonRpcMessage }
  | { readonly ok: false; readonly id: JsonRpcId | null; readonly refusal: RpcRefusal };

/** Reads one JSON-RPC message from a decoded body. Arrays (batches) and anything but an object are refused (03 E4, E7). */
export function readMessage(body: unknown): ReadMessage {
  if (Array.isArray(body)) return refuse(null, 'a batch is not accepted; send one message per request');
  if (!isJsonObject(body)) return refuse(null, 'the body is no JSON object');
  const id = readId(body['id']);
  const variant = findCaseVariantKey(body);
  if (variant !== undefined)
    return refuse(id ?? null, `the key ${JSON.stringify(variant)} differs from the protocol's in case only`);
  if (body['jsonrpc'] !== '2.0') return refuse(id ?? null, 'jsonrpc must be "2.0"');
  return body['method'] === undefined ? readResponse(body, id) : readCall(body, id);
}

function readCall(body: JsonObject, id: JsonRpcId | undefined): ReadMessage {
  const { method, params } = body;
  if (typeof method !== 'string' || method === '') return refuse(id ?? null, 'method must be a non-empty string');
  if ('result' in body || 'error' in body)
    return refuse(id ?? null, 'a message has either a method or a result, not both');
  if (params !== undefined && !isJsonObject(params)) return refuse(id ?? null, 'params must be an object');
  if (!('id' in body)) return { ok: true, message: { kind: 'notification', method, params, raw: body } };
  if (id === undefined) return refuse(null, 'id must be a string or a number');
  return { ok: true, message: { kind: 'request', id, method, params, raw: body } };
}

function readResponse(body: JsonObject, id: JsonRpcId | undefined): ReadMessage {
  if (id === undefined || 'result' in body === 'error' in body)
    return refuse(id ?? null, 'the message has no method and is no answer');
  return { ok: true, message: { kind: 'response', id, raw: body } };
}

function readId(id: unknown): JsonRpcId | undefined {
  if (typeof id === 'string' || typeof id === 'number') return id;
  return JSON.isRawJSON(id) ? id : undefined;
}

function refuse(id: JsonRpcId | null, reason: string): ReadMessage {
  const refusal = {
    status: 400,
    rpcCode: rpcCodes.invalidRequest,
    code: 'WIRE_INVALID',
    message: `Invalid request: ${reason}.`,
  };
  return { ok: false, id, refusal };
}
