import { isJsonObject, objectField, type JsonObject } from '../../wire/json-value.ts';
import { protocolMeta } from '../../wire/protocol.ts';
import type { AnsweredCall } from './modern-answer.ts';
import { omitKeys } from './omit-keys.ts';

const RESOURCE_NOT_FOUND_LEGACY = -32_002;
const INVALID_PARAMS = -32_602;
const NEWER_KEYS: ReadonlySet<string> = new Set(['resultType', 'ttlMs', 'cacheScope', '_meta']);
const NEWER_META: ReadonlySet<string> = new Set([protocolMeta.serverInfo]);

/** What kind of result a modern server gave. */
export type ResultKind = 'complete' | 'input_required' | 'unknown';

/** The error of a server that would have to ask and sees that it cannot. */
const MISSING_CAPABILITY = -32_021;

/** Tells whether a result is one, or asks for more. A kind that is not known may mean anything (03 C14). */
export function resultKind(message: JsonObject): ResultKind {
  if (objectField(message, 'error')?.['code'] === MISSING_CAPABILITY) return 'input_required';
  const type = objectField(message, 'result')?.['resultType'];
  if (type === undefined || type === 'complete') return 'complete';
  return type === 'input_required' ? 'input_required' : 'unknown';
}

/**
 * A complete answer of a modern server as an older client takes it: without the marks of the newer era. Structured content
 * that is no object goes, since the older era has objects only; the same content stands in its text.
 */
export function toLegacyAnswer(message: JsonObject, { id, method }: AnsweredCall): JsonObject {
  const { result, error } = message;
  if (isJsonObject(error)) return { ...message, id, error: { ...error, code: legacyCode(error['code'], method) } };
  if (!isJsonObject(result)) return { ...message, id };
  const meta = isJsonObject(result['_meta']) ? omitKeys(result['_meta'], NEWER_META) : {};
  const kept = omitKeys(result, isJsonObject(result['structuredContent']) ? NEWER_KEYS : NEWER_AND_STRUCTURED);
  return { ...message, id, result: Object.keys(meta).length === 0 ? kept : { ...kept, _meta: meta } };
}

const NEWER_AND_STRUCTURED: ReadonlySet<string> = new Set([...NEWER_KEYS, 'structuredContent']);

function legacyCode(code: unknown, method: string): unknown {
  return method === 'resources/read' && code === INVALID_PARAMS ? RESOURCE_NOT_FOUND_LEGACY : code;
}
