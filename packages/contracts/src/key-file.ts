import { z } from 'zod';
import { roleName } from './identity-config.ts';

/** One API key as it is stored: never the secret, only its HMAC-SHA-256 under the pepper, in hex (04 G-58). */
export const keyRecord = z.strictObject({
  id: z.string().regex(/^[a-z2-7]{12}$/),
  name: z.string().min(1).max(100),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  roles: z.array(roleName).min(1),
  tenant: z.string().min(1).max(128).optional(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional(),
  revokedAt: z.iso.datetime().optional(),
  lastUsedAt: z.iso.datetime().optional(),
});
export type KeyRecord = z.infer<typeof keyRecord>;

/** `keys.json`: the file driver of the key store. */
export const keyFile = z.strictObject({ version: z.literal(1), keys: z.array(keyRecord) });
export type KeyFile = z.infer<typeof keyFile>;
