import type { Principal } from '@fairlead/contracts';
import type { Authenticator } from '@fairlead/server-kit/identity';
import type { Clock, HostGuard, Logger, Sealer, Tracing } from '@fairlead/server-kit/runtime';
import type { AuditEntry } from './audit/audit-entry.ts';
import type { ServerView, Snapshot } from './catalog/snapshot.ts';
import type { HeldCall } from './forward/held-call.ts';
import type { HeldCalls } from './forward/held-calls.ts';
import type { LiveSessions } from './forward/live-sessions.ts';
import type { RelayContext } from './forward/relay.ts';
import type { Upstream } from './forward/upstream.ts';
import type { UpstreamSessions } from './forward/upstream-sessions.ts';
import type { GatewaySessions } from './identity/gateway-sessions.ts';
import type { SealedSessions } from './identity/sealed-session.ts';
import type { CallGuard } from './policy/call-limits.ts';
import type { GatewayMetrics } from './serve/gateway-metrics.ts';
import type { DoorLimits } from './wire/door-limits.ts';
import type { JsonObject } from './wire/json-value.ts';

/** A server as calls use it. */
export interface CallableBackend {
  readonly upstream: Upstream;
  /** A call was not answered: look whether the server is down. */
  noteFailure(): void;
  /** The server announced a change. Resolves when the catalog has followed, after a second at most. */
  followChange(): Promise<void>;
}

/** What the path of a call needs. Made once, by the composition root. */
export interface CallDeps {
  /** The snapshot of this moment. A call takes it once. */
  readonly snapshot: () => Snapshot;
  /** The way to a server as the call's own snapshot knows it, which may be another one than that of the newest (04 G-83). */
  readonly backend: (server: ServerView) => CallableBackend | undefined;
  /** Headers by which a server knows who calls, or that the gateway does. */
  readonly credential: (
    snapshot: Snapshot,
    server: ServerView,
    principal: Principal,
  ) => Readonly<Record<string, string>>;
  readonly authenticator: Authenticator;
  readonly sessions: SealedSessions;
  readonly gatewaySessions: GatewaySessions;
  readonly liveSessions: LiveSessions;
  readonly upstreamSessions: UpstreamSessions;
  /** Ids for calls in sessions that the gateway keeps: no two calls of this process have one. */
  readonly nextCallId: () => number;
  /** Calls that wait for their clients, and the seal of the states by which these come back. */
  readonly heldCalls: HeldCalls<HeldCall>;
  readonly requestStates: Sealer;
  readonly limits: CallGuard;
  readonly audit: { readonly isFull: boolean; append(entry: AuditEntry): void };
  readonly argsDigest: (args: unknown) => string;
  readonly metrics: GatewayMetrics;
  readonly relay: RelayContext;
  readonly tracing: Tracing;
  readonly serverInfo: JsonObject;
  readonly bodyBytesMax: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What the door needs beside. */
export interface DoorDeps extends CallDeps {
  readonly hostGuard: HostGuard;
  readonly doorLimits: DoorLimits;
  readonly draining: AbortSignal;
}
