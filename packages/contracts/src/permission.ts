import { z } from 'zod';

/**
 * A right to do one kind of thing: `area:verb` (`data:read`), `tool:<wire name>`, `prompt:<wire name>`,
 * `resource:<server>:<uri>`, `admin:<thing>` or `server:<name>`.
 */
export const permission = z
  .string()
  .min(3)
  .max(512)
  .regex(
    /^[a-z][a-z0-9-]*:[^\s]+$/,
    'is not area:verb, tool:name, prompt:name, resource:server:uri, admin:thing or server:name',
  );
export type Permission = z.infer<typeof permission>;

/** A permission in which `*` stands for any run of characters; `*` alone stands for every permission (04 G-35). */
export const permissionGlob = z.union([z.literal('*'), permission]);
export type PermissionGlob = z.infer<typeof permissionGlob>;

/** What a tool does to the world: nothing, only add or renew, or overwrite, delete, start or stop something (05 T-02). */
export const effect = z.enum(['read', 'write', 'destructive']);
export type Effect = z.infer<typeof effect>;
