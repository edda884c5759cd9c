import { createSealer, type Clock, type Sealer } from '@fairlead/server-kit/runtime';
import { GatewaySessions } from './gateway-sessions.ts';
import { SealedSessions } from './sealed-session.ts';

/** What leaves the gateway sealed and comes back: each purpose has a key of its own (04 G-65). */
export interface Seals {
  readonly sessions: SealedSessions;
  readonly gatewaySessions: GatewaySessions;
  readonly requestStates: Sealer;
}

/** @param masterKey at least 32 bytes, the same on every replica. */
export function createSeals(masterKey: Uint8Array, clock: Clock): Seals {
  const sealerFor = (purpose: string): Sealer => createSealer({ masterKey, purpose, clock });
  return {
    sessions: new SealedSessions(sealerFor('session'), clock),
    gatewaySessions: new GatewaySessions(sealerFor('gateway session'), clock),
    requestStates: sealerFor('request state'),
  };
}
