import { isJsonObject, type JsonObject } from '../../wire/json-value.ts';
import { protocolMeta } from '../../wire/protocol.ts';
import { omitKeys } from './omit-keys.ts';

const ENVELOPE: ReadonlySet<string> = new Set([
  protocolMeta.version,
  protocolMeta.clientCapabilities,
  protocolMeta.clientInfo,
  protocolMeta.logLevel,
]);
/** What a modern client sends when it answers a question; an older server has its answers in messages of their own. */
const ANSWERS: ReadonlySet<string> = new Set(['_meta', 'inputResponses', 'requestState']);

/** Parameters of a modern client as a server of the older era takes them: without the envelope, all else unchanged. */
export function toLegacyParams(params: JsonObject | undefined): JsonObject | undefined {
  if (params === undefined) return undefined;
  const rest = omitKeys(params, ANSWERS);
  const meta = isJsonObject(params['_meta']) ? omitKeys(params['_meta'], ENVELOPE) : {};
  return Object.keys(meta).length === 0 ? rest : { ...rest, _meta: meta };
}
