import type { AuditEvent, AuditOutcome, Effect, Principal } from '@fairlead/contracts';

/** What one record says, before it has its number and time. Holds no argument and no result. */
export interface AuditEntry {
  readonly traceId: string;
  readonly principal: Principal | undefined;
  readonly address: string | undefined;
  readonly method: string;
  readonly server?: string | undefined;
  /** Wire name of the tool or prompt, or the URI of the resource. */
  readonly tool?: string | undefined;
  readonly effect?: Effect | undefined;
  readonly decision: {
    readonly outcome: AuditOutcome;
    readonly rule?: string | undefined;
    readonly code?: string | undefined;
  };
  /** Keyed digest of the arguments: equal calls compare, short ones cannot be guessed (04 G-68). */
  readonly argsDigest?: string | undefined;
  readonly outcome: AuditEvent['outcome'];
  readonly code?: string | undefined;
  readonly ms: number;
  readonly bytes: number;
}
