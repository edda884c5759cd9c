import type { IncomingHttpHeaders } from 'node:http';
import { decodeHeaderValue, encodeHeaderValue } from '../wire/header-value.ts';
import { isJsonObject, type JsonObject } from '../wire/json-value.ts';

/** An argument that a modern client repeats as `Mcp-Param-<name>` (SEP-2243). */
export interface ParamHeader {
  /** Keys from `arguments` down to the value. */
  readonly path: readonly string[];
  /** Whole header name in lower case. */
  readonly header: string;
  readonly type: string;
}

/** What a tool's input schema declares, or the rule it breaks. */
export type ParamHeaderScan =
  | { readonly ok: true; readonly headers: readonly ParamHeader[] }
  | { readonly ok: false; readonly reason: string };

/**
 * Collects the `x-mcp-header` declarations of an input schema. They may stand on string, integer and boolean properties
 * that are reached through `properties` alone; one anywhere else makes the tool invalid.
 */
export function scanParamHeaders(inputSchema: JsonObject): ParamHeaderScan {
  const headers: ParamHeader[] = [];
  const reason = visit({ schema: inputSchema, path: [], isReachable: true, found: headers });
  return reason === undefined ? { ok: true, headers } : { ok: false, reason };
}

/**
 * The first declared header that differs from the arguments (03 H2); undefined when all agree. An argument that is
 * absent or null needs no header.
 */
export function differingParamHeader(
  declared: readonly ParamHeader[],
  args: unknown,
  headers: IncomingHttpHeaders,
): string | undefined {
  return declared.find((one) => !agrees(one, valueAt(args, one.path), headers[one.header]))?.header;
}

/** The headers that repeat a call's arguments, for a client that sends none itself; values as text. */
export function paramHeaderValues(
  declared: readonly ParamHeader[],
  args: unknown,
): readonly (readonly [string, string])[] {
  return declared.flatMap(({ header, path }) => {
    const value = valueAt(args, path);
    const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isScalar ? [[header, encodeHeaderValue(String(value))] as const] : [];
  });
}

interface Place {
  readonly schema: JsonObject;
  readonly path: readonly string[];
  /** Whether only `properties` lie between the root and here. */
  readonly isReachable: boolean;
  /** Collects the declarations. */
  readonly found: ParamHeader[];
}

function visit(place: Place): string | undefined {
  if ('x-mcp-header' in place.schema) {
    const reason = declare(place);
    if (reason !== undefined) return reason;
  }
  for (const keyword of Object.keys(place.schema)) {
    const reason = visitKeyword(place, keyword);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function visitKeyword(place: Place, keyword: string): string | undefined {
  if (LITERAL_KEYWORDS.has(keyword)) return undefined;
  const isProperties = keyword === 'properties';
  const value = place.schema[keyword];
  const isMap = isJsonObject(value) && (isProperties || MAP_KEYWORDS.has(keyword));
  for (const [name, child] of isMap ? Object.entries(value) : unnamed(value)) {
    if (!isJsonObject(child)) continue;
    const isReachable = place.isReachable && isProperties;
    const reason = visit({ ...place, schema: child, path: [...place.path, name], isReachable });
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function unnamed(value: unknown): readonly (readonly [string, unknown])[] {
  return (Array.isArray(value) ? value : [value]).map((child) => ['', child] as const);
}

function declare({ schema, path, isReachable, found }: Place): string | undefined {
  if (!isReachable || path.length === 0) return 'x-mcp-header stands where no single property is';
  const name = schema['x-mcp-header'];
  if (typeof name !== 'string' || !TOKEN.test(name)) return 'x-mcp-header is no header name';
  const type = schema['type'];
  if (type !== 'string' && type !== 'integer' && type !== 'boolean')
    return 'x-mcp-header stands on a property that is no string, integer or boolean';
  const header = `mcp-param-${name.toLowerCase()}`;
  if (found.some((other) => other.header === header)) return `x-mcp-header ${name} is declared twice`;
  found.push({ path, header, type });
  return undefined;
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const key of path) value = isJsonObject(value) ? value[key] : undefined;
  return value;
}

function agrees({ type }: ParamHeader, value: unknown, header: string | string[] | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return true;
  const decoded = typeof header === 'string' ? decodeHeaderValue(header) : undefined;
  if (decoded === undefined) return false;
  return decoded === String(value) || (type === 'integer' && DECIMAL.test(decoded) && Number(decoded) === value);
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const DECIMAL = /^-?[0-9]+(?:\.[0-9]+)?$/;
/** Keywords whose value is data, not a schema. */
const LITERAL_KEYWORDS = new Set(['const', 'default', 'enum', 'examples', 'x-mcp-header']);
/** Keywords whose value maps names to schemas. */
const MAP_KEYWORDS = new Set(['$defs', 'definitions', 'dependentSchemas', 'patternProperties']);
