import { z } from 'zod';
import { identityConfig, roleConfig, roleName, secretReference } from './identity-config.ts';
import { effect } from './permission.ts';

/** Name of a server behind the gateway. No underscore, so that the first `__` of a wire name always splits it (04 G-28). */
export const serverName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'is not a server name: lower case letters, digits and hyphens, at most 31');

/** A length of time: a whole number and `ms`, `s`, `m` or `h`. */
export const duration = z.string().regex(/^[1-9][0-9]{0,6}(ms|s|m|h)$/, 'is not a duration such as 500ms, 30s or 10m');

/** A rate: a whole number per second, minute or hour, such as `60/m`. */
export const rate = z.string().regex(/^[1-9][0-9]{0,6}\/(s|m|h)$/, 'is not a rate such as 5/s, 60/m or 1000/h');

/** A credential that the gateway presents to a server in place of the caller's. */
export const upstreamCredential = z.union([
  z.strictObject({ bearer: secretReference }),
  z.strictObject({
    header: z.strictObject({ name: z.string().regex(/^[A-Za-z0-9-]{1,64}$/), value: secretReference }),
  }),
]);
export type UpstreamCredential = z.infer<typeof upstreamCredential>;

/** One MCP server behind the gateway, reached over HTTP only. */
export const serverConfig = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'is not an http or https URL' }),
  owner: z.string().min(1).max(100).optional(),
  timeout: duration.default('30s'),
  /** `internal`: our own service; its `_meta` permissions count and it gets the signed identity (04 G-36). */
  trust: z.enum(['internal', 'external']).default('external'),
  /** Area of the server's permissions; absent: the server's name. */
  area: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/)
    .optional(),
  effects: z.record(z.string(), effect).default({}),
  /**
   * `false`: on `/mcp` its tools and prompts have their own names, without `<server>__`. Of two equal names there the
   * server that is first by name keeps it; the other's item is left out, and its status says so (04 G-28).
   */
  prefix: z.boolean().default(true),
  credentials: upstreamCredential.optional(),
  concurrency: z.int().min(1).max(10_000).default(256),
});
export type ServerConfig = z.infer<typeof serverConfig>;

/** A limit on calls: `rate` with `burst`, and calls at a time, per `per`. All matching limits must pass (04 G-42). */
export const limitConfig = z.strictObject({
  match: z
    .strictObject({ role: z.string().optional(), tool: z.string().optional(), server: z.string().optional() })
    .default({}),
  rate,
  burst: z.int().min(1).max(1_000_000).optional(),
  per: z.enum(['principal', 'role', 'tenant', 'tool', 'server']).default('principal'),
  concurrency: z.int().min(1).max(10_000).optional(),
});
export type LimitConfig = z.infer<typeof limitConfig>;

/** Where audit lines go. */
export const auditConfig = z.strictObject({
  to: z.literal('file'),
  /** Path of the log, relative to the config file. */
  file: z.string().min(1).default('logs/audit.jsonl'),
});
export type AuditConfig = z.infer<typeof auditConfig>;

/**
 * The gateway's config file, `fairlead.yaml`. Holds only keys that work; every other key is refused as unknown.
 *
 * Relative paths in it are relative to the file's folder.
 */
export const gatewayConfig = z.strictObject({
  apiVersion: z.literal('fairlead.dev/v1'),
  kind: z.literal('GatewayConfig'),
  servers: z.record(serverName, serverConfig).default({}),
  identity: identityConfig.default({ issuers: [] }),
  roles: z.record(roleName, roleConfig).default({}),
  limits: z.array(limitConfig).default([]),
  audit: auditConfig.default({ to: 'file', file: 'logs/audit.jsonl' }),
});
export type GatewayConfig = z.infer<typeof gatewayConfig>;
