import type { CallDeps } from '../deps.ts';
import { relay } from '../forward/relay.ts';
import type { RequestCall } from './call.ts';
import type { Departure } from './departure.ts';
import { callEra } from './hop-era.ts';
import type { OutgoingCall } from './outgoing-call.ts';
import { relayToLegacy } from './relay-to-legacy.ts';
import { relayToModern } from './relay-to-modern.ts';
import { trackCall } from './track-call.ts';
import { toRelayTask } from './to-relay-task.ts';
import { toUpstreamRequest } from './to-upstream-request.ts';

/** Passes a call to its server and the answer back: as it is where both speak alike, else over the bridge (03 §3). */
export function relayCall(deps: CallDeps, call: RequestCall, departure: Departure): void {
  const era = callEra(call, departure.outgoing.server);
  if (era === 'modern' && call.era === 'legacy') return relayToModern(deps, call, departure);
  if (era === 'legacy' && (call.era === 'modern' || wantsKeptSession(call, departure.outgoing)))
    return relayToLegacy(deps, call, departure);
  const request = toUpstreamRequest(deps, call, departure.outgoing);
  const tracked = trackCall(call);
  tracked.started(relay(tracked.task(toRelayTask(deps, call, { ...departure, request })), deps.relay));
}

/** On `/mcp` an older client has no session, and a server that keeps sessions takes no call without one. */
function wantsKeptSession({ server }: RequestCall, outgoing: OutgoingCall): boolean {
  return server === undefined && outgoing.server.listing?.keepsSessions === true;
}
