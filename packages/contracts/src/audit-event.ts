import { z } from 'zod';
import { effect } from './permission.ts';

/** What the gateway decided about a request. */
export const auditOutcome = z.enum(['allow', 'hidden', 'deny', 'limit', 'unauthenticated', 'invalid', 'unavailable']);
export type AuditOutcome = z.infer<typeof auditOutcome>;

/**
 * One line of the audit log: who asked for what, what was decided, what came of it. Denials are recorded like
 * successes (04 G-67). Holds no argument and no result, only a keyed digest of the arguments (04 G-68).
 */
export const auditEvent = z.strictObject({
  seq: z.int().min(1),
  at: z.iso.datetime(),
  traceId: z.string(),
  principal: z
    .strictObject({
      sub: z.string(),
      issuer: z.string().optional(),
      keyId: z.string().optional(),
      tenant: z.string().optional(),
      roles: z.array(z.string()),
      via: z.string(),
    })
    .optional(),
  /** Address of the caller's socket. */
  address: z.string().optional(),
  method: z.string(),
  server: z.string().optional(),
  tool: z.string().optional(),
  effect: effect.optional(),
  decision: z.strictObject({ outcome: auditOutcome, rule: z.string().optional(), code: z.string().optional() }),
  argsDigest: z.string().optional(),
  /** What came back: `ok`, `tool_error`, `rpc_error`, `refused` or `failed`. */
  outcome: z.enum(['ok', 'tool_error', 'rpc_error', 'refused', 'failed']),
  code: z.string().optional(),
  ms: z.number().min(0),
  bytes: z.int().min(0),
  /** How many equal refusals this record stands for, when a flood was folded. */
  count: z.int().min(1).optional(),
});
export type AuditEvent = z.infer<typeof auditEvent>;
