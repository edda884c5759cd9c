import { z } from 'zod';
import { permissionGlob } from './permission.ts';

/** How a caller proved who it is: an API key, a token of a configured issuer, the gateway's hop token, or by owning the process. */
export const authenticationMethod = z.enum(['key', 'jwt', 'gateway', 'local']);
export type AuthenticationMethod = z.infer<typeof authenticationMethod>;

/**
 * Who calls, and what the caller may do. Built from a verified credential only, never from an argument or a header (06 S-102).
 *
 * `allow` and `deny` are permission globs; `deny` beats `allow`.
 */
export const principal = z.strictObject({
  sub: z.string().min(1).max(256),
  issuer: z.string().max(512).optional(),
  tenant: z.string().max(128).optional(),
  roles: z.array(z.string()).readonly(),
  allow: z.array(permissionGlob).readonly(),
  deny: z.array(permissionGlob).readonly(),
  via: authenticationMethod,
  keyId: z.string().optional(),
  /** Seconds since 1970 at which the credential ends; absent when it does not. */
  expiresAtSeconds: z.number().optional(),
});
export type Principal = Readonly<z.infer<typeof principal>>;
