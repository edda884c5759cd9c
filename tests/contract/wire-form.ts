import type { ToolManifestEntry } from '@fairlead/contracts';
import { z } from 'zod';

/** zod's upper bound of every whole number; the contract names only bounds that mean something. */
const INTEGER_MAX = Number.MAX_SAFE_INTEGER;

/** A tool as `tools/list` sends it, as far as the contract goes. */
export const listedTool = z.looseObject({
  name: z.string(),
  inputSchema: z.looseObject({}),
  outputSchema: z.looseObject({
    properties: z.record(z.string(), z.unknown()),
    required: z.array(z.string()).default([]),
  }),
  annotations: z.record(z.string(), z.unknown()),
  _meta: z.record(z.string(), z.unknown()),
});
export type ListedTool = z.infer<typeof listedTool>;

/** What the contract and a running server must agree in. */
export interface WireForm {
  readonly annotations: unknown;
  readonly permission: unknown;
  readonly effect: unknown;
  readonly input: unknown;
  readonly outputRequired: readonly string[];
  readonly outputOptional: readonly string[];
}

/** The form that the contract asks for. */
export function wantedForm(entry: ToolManifestEntry): WireForm {
  return {
    annotations: entry.annotations,
    permission: entry.permission,
    effect: entry.effect,
    input: normalised(entry.input),
    outputRequired: entry.output.required.toSorted(),
    outputOptional: [...(entry.output.when_done ?? []), ...entry.output.optional].toSorted(),
  };
}

/** The form that a server has. */
export function servedForm(tool: ListedTool): WireForm {
  const { properties, required } = tool.outputSchema;
  return {
    annotations: tool.annotations,
    permission: tool._meta['dev.fairlead/permission'],
    effect: tool._meta['dev.fairlead/effect'],
    input: normalised(tool.inputSchema),
    outputRequired: required.toSorted(),
    outputOptional: Object.keys(properties)
      .filter((name) => !required.includes(name))
      .toSorted(),
  };
}

/**
 * A JSON Schema without what the contract leaves open: texts, key order, zod's own bounds, and keywords that say nothing
 * (a minimum length of 0, property names that are texts, empty sub-schemas).
 */
function normalised(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(normalised);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema)
    .map(([key, value]): [string, unknown] => [key, normalisedPart(key, value)])
    .filter(([key, value]) => !isOpen(key, value));
  return Object.fromEntries(entries.toSorted(byKey));
}

function normalisedPart(key: string, value: unknown): unknown {
  if (key === 'properties') return namedSchemas(value);
  if (key === 'required') return z.array(z.string()).parse(value).toSorted();
  if (key === 'propertyNames') return withoutType(normalised(value));
  return normalised(value);
}

function namedSchemas(properties: unknown): unknown {
  const schemas = Object.entries(z.record(z.string(), z.unknown()).parse(properties));
  return Object.fromEntries(
    schemas.map(([name, schema]): [string, unknown] => [name, normalised(schema)]).toSorted(byKey),
  );
}

/** Names of properties are texts anyway. */
function withoutType(schema: unknown): unknown {
  const { type: _, ...rest } = z.record(z.string(), z.unknown()).parse(schema);
  return rest;
}

function byKey([left]: [string, unknown], [right]: [string, unknown]): number {
  return left < right ? -1 : 1;
}

function isOpen(key: string, value: unknown): boolean {
  if (key === 'description' || key === 'title' || key === '$schema') return true;
  if ((key === 'maximum' || key === 'minimum') && (value === INTEGER_MAX || value === -INTEGER_MAX)) return true;
  if ((key === 'minLength' || key === 'minItems') && value === 0) return true;
  const isSubSchema = key === 'propertyNames' || key === 'additionalProperties' || key === 'properties';
  return isSubSchema && typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
