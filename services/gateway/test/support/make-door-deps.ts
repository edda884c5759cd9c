import { createLogger, createMetrics, createSealer, quietTracing, systemClock } from '@fairlead/server-kit/runtime';
import type { AuditEntry } from '../../src/audit/audit-entry.ts';
import type { DoorDeps } from '../../src/deps.ts';
import { HeldCalls } from '../../src/forward/held-calls.ts';
import { LiveSessions } from '../../src/forward/live-sessions.ts';
import { OpenStreams } from '../../src/forward/open-streams.ts';
import { UpstreamSessions } from '../../src/forward/upstream-sessions.ts';
import { GatewaySessions } from '../../src/identity/gateway-sessions.ts';
import { SealedSessions } from '../../src/identity/sealed-session.ts';
import { CallLimits } from '../../src/policy/call-limits.ts';
import { createGatewayMetrics } from '../../src/serve/gateway-metrics.ts';
import { DoorLimits } from '../../src/wire/door-limits.ts';
import { callerWith, makeSnapshot } from './make-snapshot.ts';

/** Parts of the path of a call that are real, and the records that it leaves. */
export interface DoorScene {
  readonly deps: DoorDeps;
  readonly records: readonly AuditEntry[];
}

/** Makes what the front door needs, without servers; a test puts its own part in place of one. */
export function makeDoorDeps(replaced: Partial<DoorDeps> = {}): DoorScene {
  const records: AuditEntry[] = [];
  const clock = systemClock;
  const log = createLogger({ name: 'test', level: 'silent' });
  const streams = new OpenStreams(clock);
  streams.stop();
  const snapshot = makeSnapshot({});
  const deps: DoorDeps = {
    snapshot: () => snapshot,
    backend: () => undefined,
    credential: () => ({}),
    authenticator: { authenticate: () => callerWith(['*']) },
    sessions: new SealedSessions(
      createSealer({ masterKey: Buffer.alloc(32, 'some master key'), purpose: 'session', clock }),
      clock,
    ),
    gatewaySessions: new GatewaySessions(
      createSealer({ masterKey: Buffer.alloc(32, 'some master key'), purpose: 'gateway session', clock }),
      clock,
    ),
    liveSessions: new LiveSessions(),
    upstreamSessions: new UpstreamSessions(clock, {}),
    nextCallId: () => 1,
    heldCalls: new HeldCalls(clock),
    requestStates: createSealer({ masterKey: Buffer.alloc(32, 'some master key'), purpose: 'request state', clock }),
    limits: new CallLimits([], clock),
    audit: { isFull: false, append: (entry) => void records.push(entry) },
    argsDigest: () => 'digest',
    metrics: createGatewayMetrics(createMetrics({ name: 'gateway' })),
    relay: { clock, random: Math.random, streams, log },
    tracing: quietTracing,
    serverInfo: { name: 'fairlead', version: '0' },
    bodyBytesMax: 4_194_304,
    hostGuard: () => 'ok',
    doorLimits: new DoorLimits(clock),
    draining: new AbortController().signal,
    clock,
    log,
    ...replaced,
  };
  return { deps, records };
}
