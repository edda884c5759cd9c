import { metaKeys } from '@fairlead/contracts';
import { z } from 'zod';
import type { ToolAnnotations } from './annotations.ts';

/** A JSON Schema whose root is an object, as MCP wants it. */
export type ObjectSchema = Readonly<Record<string, unknown>> & { readonly type: 'object' };

/** A tool as `tools/list` sends it. */
export interface WireTool {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema?: ObjectSchema;
  readonly annotations?: ToolAnnotations;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

/** Builds the wire form of a tool, once, when the service starts (03 P-14). */
export function wireToolOf(tool: {
  name: string;
  title: string;
  description: string;
  permission: string;
  effect: string;
  annotations: ToolAnnotations;
  input: z.ZodObject;
  output: z.ZodObject;
}): WireTool {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: jsonSchemaOf(tool.input, 'input'),
    outputSchema: jsonSchemaOf(tool.output, 'output'),
    annotations: tool.annotations,
    _meta: { [metaKeys.permission]: tool.permission, [metaKeys.effect]: tool.effect },
  };
}

/** JSON Schema 2020-12 of a zod object, without the `$schema` line, which every list would repeat. */
function jsonSchemaOf(schema: z.ZodObject, io: 'input' | 'output'): ObjectSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
  return { ...rest, type: 'object' };
}
