import { isJsonObject, stringField, type JsonObject } from '../wire/json-value.ts';
import type { ItemKind } from './item.ts';
import { scanParamHeaders, type ParamHeader } from './param-headers.ts';

/** Largest definition that is kept, in UTF-16 units of its JSON (04 G-23). */
const ITEM_UNITS_MAX = 64 * 1024;

/** A definition that can be shown, or the reason why it is left out. */
export type CheckedItem =
  | {
      readonly ok: true;
      readonly name: string;
      readonly definition: JsonObject;
      readonly paramHeaders: readonly ParamHeader[];
    }
  | { readonly ok: false; readonly name: string; readonly reason: string };

/** Checks one item of a list; a bad one costs itself only (04 G-24, 03 L8). */
export function checkItem(kind: ItemKind, value: unknown): CheckedItem {
  if (!isJsonObject(value)) return { ok: false, name: '', reason: 'is no object' };
  const name = stringField(value, NAME_FIELDS[kind]) ?? '';
  if (name === '') return { ok: false, name, reason: `has no ${NAME_FIELDS[kind]}` };
  if (JSON.stringify(value).length > ITEM_UNITS_MAX)
    return { ok: false, name, reason: `is larger than ${ITEM_UNITS_MAX / 1024} KiB` };
  return kind === 'tool' ? checkTool(name, value) : { ok: true, name, definition: value, paramHeaders: [] };
}

function checkTool(name: string, definition: JsonObject): CheckedItem {
  const { inputSchema, outputSchema } = definition;
  if (!isJsonObject(inputSchema) || inputSchema['type'] !== 'object')
    return { ok: false, name, reason: 'has an inputSchema that is no object schema' };
  if (outputSchema !== undefined && !isJsonObject(outputSchema))
    return { ok: false, name, reason: 'has an outputSchema that is no schema' };
  const scan = scanParamHeaders(inputSchema);
  if (!scan.ok) return { ok: false, name, reason: scan.reason };
  return { ok: true, name, definition, paramHeaders: scan.headers };
}

const NAME_FIELDS = { tool: 'name', prompt: 'name', resource: 'uri', template: 'uriTemplate' } as const;
