import { z } from 'zod';

const url = z.url();

/** One running service of a local fleet. */
export const devService = z.strictObject({ mcp: url, ops: url, pid: z.int() });
export type DevService = z.infer<typeof devService>;

/**
 * `.fairlead/dev.json`: where a local fleet listens and which keys it made. Mode 0600, written when the fleet is
 * ready, removed when it stops. `doubles` names only what was started.
 */
export const devJson = z.strictObject({
  version: z.literal(1),
  pid: z.int(),
  startedAt: z.iso.datetime(),
  gateway: z.strictObject({ url, mcp: url, ops: url }),
  services: z.record(z.string(), devService),
  keys: z.record(z.string(), z.string()),
  /** `demo` is there when the service that reads the demo database runs. */
  postgres: z.strictObject({ admin: z.string(), demo: z.string().optional() }).optional(),
  doubles: z.record(z.string(), url),
});
export type DevJson = z.infer<typeof devJson>;
