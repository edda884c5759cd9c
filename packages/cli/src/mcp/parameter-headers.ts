import { headerValue } from './protocol.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The `Mcp-Param-*` headers that a tool asks for: its schema marks a property by `x-mcp-header`, and the request has to
 * repeat that argument (SEP-2243). Absent arguments make no header.
 */
export function parameterHeaders(schema: JsonObject, args: JsonObject): Record<string, string> {
  const properties = asObject(schema['properties']);
  return Object.entries(properties).reduce<Record<string, string>>((headers, [name, property]) => {
    const value = args[name];
    const mark = asObject(property)['x-mcp-header'];
    if (isScalar(value) && typeof mark === 'string')
      return { ...headers, [`mcp-param-${mark.toLowerCase()}`]: headerValue(String(value)) };
    return { ...headers, ...parameterHeaders(asObject(property), asObject(value)) };
  }, {});
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
