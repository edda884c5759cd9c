import type { JsonRpcId } from '../../wire/json-rpc.ts';
import { isJsonObject, objectField, type JsonObject } from '../../wire/json-value.ts';
import { protocolMeta } from '../../wire/protocol.ts';

/** Error codes of the older era with another number in the newer one: a resource that does not exist. */
const RESOURCE_NOT_FOUND_LEGACY = -32_002;
const INVALID_PARAMS = -32_602;
/** Methods whose results say for how long they may be kept. */
const CACHEABLE: ReadonlySet<string> = new Set([
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
  'resources/read',
]);

/** What an answer is about. */
export interface AnsweredCall {
  readonly id: JsonRpcId;
  readonly method: string;
  /** What a `resources/read` asked for, as the client named it. */
  readonly uri?: string | undefined;
}

/**
 * The answer of an older server as a modern client takes it: complete, not to be kept, and with the server's own name. A
 * mark of the newer era that an older server sets by itself means nothing and is replaced.
 */
export function toModernAnswer(
  message: JsonObject,
  { id, method, uri }: AnsweredCall,
  serverInfo: JsonObject | undefined,
): JsonObject {
  const { result, error } = message;
  if (isJsonObject(error))
    return { ...message, id, error: modernError(error, method === 'resources/read' ? uri : undefined) };
  if (!isJsonObject(result)) return { ...message, id };
  const named = serverInfo === undefined ? {} : { [protocolMeta.serverInfo]: serverInfo };
  return {
    ...message,
    id,
    result: {
      ...result,
      resultType: 'complete',
      ...(CACHEABLE.has(method) ? { ttlMs: 0, cacheScope: 'private' } : {}),
      _meta: { ...objectField(result, '_meta'), ...named },
    },
  };
}

/** A resource that is not there is named in the data, as the newer era wants it (SEP-2164). */
function modernError(error: JsonObject, uri: string | undefined): JsonObject {
  const code = error['code'] === RESOURCE_NOT_FOUND_LEGACY ? INVALID_PARAMS : error['code'];
  const isUnnamed = code === INVALID_PARAMS && uri !== undefined && error['data'] === undefined;
  return isUnnamed ? { ...error, code, data: { uri } } : { ...error, code };
}
