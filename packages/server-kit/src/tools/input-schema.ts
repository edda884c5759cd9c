import type { Effect } from '@fairlead/contracts';
import { z } from 'zod';

const idempotencyKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not 1 to 64 letters, digits, hyphens and underscores')
  .optional()
  .describe('Same key and arguments: done once, the stored result comes back. Kept 24 h in this process.');

/**
 * Adds to a tool's input what the kit itself reads: `dry_run` and `idempotency_key` for tools that change something
 * (05 T-03, T-04). A dry run is the default of destructive tools.
 *
 * @throws Error when a tool declares one of these fields itself, or when its input is not strict.
 */
export function inputSchemaOf(tool: { name: string; effect: Effect; input: z.ZodObject }): z.ZodObject {
  if (!(tool.input.def.catchall instanceof z.ZodNever))
    throw new Error(`tool ${tool.name}: the input must be z.strictObject({...})`);
  if (tool.effect === 'read') return tool.input;
  for (const field of ['dry_run', 'idempotency_key']) {
    if (field in tool.input.shape) throw new Error(`tool ${tool.name}: the kit adds ${field}; do not declare it`);
  }
  return tool.input.extend({
    dry_run: z
      .boolean()
      .default(tool.effect === 'destructive')
      .describe('true: check everything, change nothing, and show what would happen.'),
    idempotency_key: idempotencyKey,
  });
}
