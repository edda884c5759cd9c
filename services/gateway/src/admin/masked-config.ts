import { isJsonObject, type JsonObject } from '../wire/json-value.ts';

/** What stands where a secret would. */
const MASK = '***';

/**
 * A config without its secrets: where a secret is named, `***` and the place that it comes from; in an address no user,
 * password or query, which may hold one (04 G-84).
 */
export function maskedConfig(config: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, masked(value)]));
}

function masked(value: unknown): unknown {
  if (typeof value === 'string') return maskedUrl(value);
  if (Array.isArray(value)) return value.map(masked);
  if (!isJsonObject(value)) return value;
  return isJsonObject(value['from']) ? { value: MASK, from: value['from'] } : maskedConfig(value);
}

function maskedUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return text;
  if (url.username === '' && url.password === '' && url.search === '') return text;
  const user = url.username === '' && url.password === '' ? '' : `${MASK}@`;
  return `${url.protocol}//${user}${url.host}${url.pathname}${url.search === '' ? '' : `?${MASK}`}`;
}
