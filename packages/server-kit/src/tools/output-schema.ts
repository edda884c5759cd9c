import type { Effect } from '@fairlead/contracts';
import { z } from 'zod';
import type { OutputParts } from '../define/tool.ts';

const cutParts = {
  truncated: z.boolean(),
  truncated_by: z.enum(['rows', 'bytes', 'chars', 'time', 'points']).optional(),
  notice: z.string().optional(),
};

const pageParts = { ...cutParts, next_cursor: z.string().max(1_024).optional() };

const doneParts = {
  dry_run: z.boolean(),
  plan: z.record(z.string(), z.unknown()).optional(),
  replayed: z.boolean().optional(),
  notice: z.string().optional(),
};

/**
 * The output schema of a tool with the standard parts of 05 T-06. In the output of a tool that changes something only
 * `dry_run` is required: a dry run has no ids yet.
 */
export function outputSchemaOf(tool: {
  effect: Effect;
  output: z.ZodObject;
  parts?: OutputParts | undefined;
}): z.ZodObject {
  if (tool.effect !== 'read') return tool.output.partial().extend(doneParts);
  if (tool.parts === 'page') return tool.output.extend(pageParts);
  if (tool.parts === 'cut') return tool.output.extend(cutParts);
  return tool.output;
}
