import { z } from 'zod';

/** What a subject answers: the tool's result in one of the two eras, or the request itself. */
export const callKind = z.enum(['modern', 'legacy', 'echo']);
export type CallKind = z.infer<typeof callKind>;

/** A bounded amount of load on one subject. */
export const loadOrder = z.strictObject({
  url: z.url(),
  kind: callKind,
  /** Name of the tool on the wire of this subject. */
  toolName: z.string().min(1),
  /** API key, sent as bearer token. */
  key: z.string().optional(),
  /** Connections, each with one call at a time. */
  connections: z.int().min(1).max(256),
  /** Calls in all; the run ends after the last answer. */
  calls: z.int().min(1).max(10_000_000),
});
export type LoadOrder = z.infer<typeof loadOrder>;

/** What came of an order. Every answer was checked: a wrong one makes the whole run `failed`. */
export const loadReport = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('done'),
    /** From the first request to the last answer, in milliseconds. */
    wallMs: z.number().positive(),
    /** Time of a call in milliseconds, as its caller sees it. */
    p50Ms: z.number().positive(),
    p99Ms: z.number().positive(),
  }),
  z.strictObject({ status: z.literal('failed'), reason: z.string() }),
]);
export type LoadReport = z.infer<typeof loadReport>;
