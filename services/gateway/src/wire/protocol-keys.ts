import { isJsonObject, type JsonObject } from './json-value.ts';

/**
 * Finds a key that a reader which ignores case would take for one of the protocol's (CVE-2026-27896): `Method`,
 * `PARAMS`, `naMe`, also with U+017F for `s` or U+212A for `k`. Looks where the protocol has keys: the message, its
 * `params`, `params._meta` and `params.ref`. A tool's arguments are its own.
 */
export function findCaseVariantKey(message: JsonObject): string | undefined {
  const top = caseVariantIn(message, MESSAGE_KEYS);
  if (top !== undefined) return top;
  const params = message['params'];
  if (!isJsonObject(params)) return undefined;
  return (
    caseVariantIn(params, PARAM_KEYS) ??
    (isJsonObject(params['_meta']) ? caseVariantIn(params['_meta'], META_KEYS) : undefined) ??
    (isJsonObject(params['ref']) ? caseVariantIn(params['ref'], REF_KEYS) : undefined)
  );
}

function caseVariantIn(object: JsonObject, known: ReadonlyMap<string, string>): string | undefined {
  for (const key in object) {
    const exact = known.get(key);
    if (exact === key) continue;
    const folded = known.get(fold(key));
    if (folded !== undefined && folded !== key) return key;
  }
  return undefined;
}

/** Lower case over the letters that fold into ASCII; U+212A does so by `toLowerCase`, U+017F does not. */
function fold(key: string): string {
  return key.toLowerCase().replaceAll('\u017f', 's');
}

/** Each key under itself and under its folded form, so that the usual case is one look-up. */
function keys(...names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.flatMap((name) => [[fold(name), name] as const, [name, name] as const]));
}

const MESSAGE_KEYS = keys('jsonrpc', 'id', 'method', 'params', 'result', 'error');
const PARAM_KEYS = keys(
  ...`_meta name arguments uri cursor ref argument context level task taskId protocolVersion capabilities clientInfo
  requestId reason progressToken progress total message notifications inputResponses requestState`.split(/\s+/),
);
const REF_KEYS = keys('type', 'name', 'uri');
const META_KEYS = keys(
  'io.modelcontextprotocol/protocolVersion',
  'io.modelcontextprotocol/clientCapabilities',
  'io.modelcontextprotocol/clientInfo',
  'io.modelcontextprotocol/logLevel',
  'progressToken',
  'traceparent',
  'tracestate',
  'baggage',
);
