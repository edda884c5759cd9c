import { z } from 'zod';
import { permissionGlob } from './permission.ts';

/** A secret by reference: the name of an environment variable or the path of a file, never the value itself. */
export const secretReference = z.strictObject({
  from: z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })]),
});
export type SecretReference = z.infer<typeof secretReference>;

/** Name of a role: lower case, digits and hyphens. */
export const roleName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'is not a role name: lower case letters, digits and hyphens');

/** What the holders of a role may do. `deny` beats `allow` over all roles of a caller. */
export const roleConfig = z.strictObject({
  allow: z.array(permissionGlob).default([]),
  deny: z.array(permissionGlob).default([]),
});
export type RoleConfig = z.infer<typeof roleConfig>;

/** A token issuer: where its tokens come from, for whom they are, and which claim names the caller's groups. */
export const issuerConfig = z.strictObject({
  issuer: z.url(),
  audience: z.string().min(1),
  /** Where the issuer's keys are; absent: found by OpenID discovery at the issuer. */
  jwksUrl: z.url().optional(),
  tenantClaim: z.string().min(1).optional(),
  roles: z.strictObject({ claim: z.string().min(1), map: z.record(z.string(), roleName) }),
});
export type IssuerConfig = z.infer<typeof issuerConfig>;

/** Who may call: the key file and the token issuers. */
export const identityConfig = z.strictObject({
  keys: z.strictObject({ from: z.strictObject({ file: z.string().min(1) }) }).optional(),
  issuers: z.array(issuerConfig).default([]),
});
export type IdentityConfig = z.infer<typeof identityConfig>;

/** The file named by `IDENTITY_FILE`: how a service that runs without a gateway knows its callers (01 §6). */
export const identityFile = z.strictObject({
  identity: identityConfig,
  roles: z.record(roleName, roleConfig),
});
export type IdentityFile = z.infer<typeof identityFile>;
