import { z } from 'zod';
import { effect, permission } from './permission.ts';

const jsonObject = z.record(z.string(), z.unknown());

/** One tool as `tests/contract/tools.json` lists it: the wire contract that a running server is compared with. */
export const toolManifestEntry = z.looseObject({
  server: z.string(),
  tool: z.string(),
  title: z.string(),
  description: z.string(),
  toolset: z.string(),
  default_toolset: z.boolean(),
  permission,
  effect,
  annotations: z.strictObject({
    readOnlyHint: z.boolean(),
    destructiveHint: z.boolean(),
    idempotentHint: z.boolean(),
    openWorldHint: z.boolean(),
  }),
  input: jsonObject,
  clamped: z.array(z.string()),
  output: z.strictObject({
    required: z.array(z.string()),
    when_done: z.array(z.string()).optional(),
    optional: z.array(z.string()),
  }),
  errors: z.array(z.string()),
  roles: z.array(z.string()),
});
export type ToolManifestEntry = z.infer<typeof toolManifestEntry>;

/** The whole contract: every tool of every server, built or not. */
export const toolManifest = z.array(toolManifestEntry);
export type ToolManifest = z.infer<typeof toolManifest>;
