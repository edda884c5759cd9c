import { isJsonObject, type JsonObject } from '../wire/json-value.ts';

/** The span goes along in `_meta` too where there is one; it wins over the header (03 H5). */
export function withTrace(params: JsonObject, traceparent: string): JsonObject {
  const meta = params['_meta'];
  return isJsonObject(meta) ? { ...params, _meta: { ...meta, traceparent } } : params;
}
