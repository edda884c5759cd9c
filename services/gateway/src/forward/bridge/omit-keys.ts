import type { JsonObject } from '../../wire/json-value.ts';

/** A copy of an object without some of its keys. */
export function omitKeys(object: JsonObject, keys: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.has(key)));
}
