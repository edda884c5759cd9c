import type { Principal } from '@fairlead/contracts';
import { isRefusal, type AuthenticationAnswer } from '@fairlead/server-kit/identity';
import type { DoorDeps } from '../deps.ts';
import { challenge } from '../identity/challenge.ts';
import { mayReach } from '../policy/may-reach.ts';
import { rpcCodes, type RpcRefusal } from '../wire/json-rpc.ts';
import type { Arrival, Visit } from './call.ts';
import { failInside } from './fail-inside.ts';
import { receiveMessage } from './receive-message.ts';
import { auditUnavailable, refuse, unknownRoute, unread } from './refuse.ts';
import { serveSessionVerb } from './serve-session-verb.ts';

/** Finds out who calls, and serves the request for that caller. A known credential is answered without a pause. */
export function serveVisit(deps: DoorDeps, arrival: Arrival): void {
  const { request } = arrival;
  const answer = deps.authenticator.authenticate(request.headers, request.rawHeaders, request.url ?? '');
  if (!(answer instanceof Promise)) return enter(deps, arrival, answer);
  answer.then(
    (late) => enter(deps, arrival, late),
    (error: unknown) => failInside(deps, arrival, error),
  );
}

function enter(deps: DoorDeps, arrival: Arrival, answer: AuthenticationAnswer): void {
  if (isRefusal(answer)) return refuseCredential(deps, arrival, challenge(answer));
  const visit = toVisit(deps, arrival, answer);
  if (visit === undefined)
    return refuse(
      deps,
      { ...arrival, principal: answer },
      { ...unread(arrival.request), refusal: unknownRoute, outcome: 'hidden' },
    );
  if (deps.audit.isFull)
    return refuse(deps, visit, { ...unread(visit.request), refusal: auditUnavailable, outcome: 'unavailable' });
  try {
    if (visit.request.method === 'POST') receiveMessage(deps, visit);
    else serveSessionVerb(deps, visit);
  } catch (error) {
    failInside(deps, visit, error);
  }
}

/** Takes the snapshot of this moment, and finds the route and the session in it; undefined when one does not exist for the caller. */
function toVisit(deps: DoorDeps, arrival: Arrival, principal: Principal): Visit | undefined {
  const snapshot = deps.snapshot();
  const { serverName } = arrival;
  if (serverName === undefined)
    return { ...arrival, principal, snapshot, route: snapshot.merged, server: undefined, ...noSession };
  const server = snapshot.servers.get(serverName);
  if (server === undefined || !mayReach(snapshot, principal, server)) return undefined;
  return { ...arrival, principal, snapshot, route: server.route, server, ...noSession };
}

const noSession = { sessionId: undefined, session: undefined } as const;

/** Failed logins are counted by address; beyond the limit the answer is to wait (04 G-45). */
function refuseCredential(deps: DoorDeps, arrival: Arrival, refusal: RpcRefusal): void {
  deps.metrics.authentication('none', refusal.code);
  const waitMs = refusal.status === 401 ? deps.doorLimits.noteFailure(arrival.address) : 0;
  const shown = waitMs === 0 ? refusal : tooManyFailures(waitMs);
  refuse(deps, arrival, {
    ...unread(arrival.request),
    refusal: shown,
    outcome: waitMs === 0 ? 'unauthenticated' : 'limit',
  });
}

function tooManyFailures(waitMs: number): RpcRefusal {
  return {
    status: 429,
    rpcCode: rpcCodes.doorLimit,
    code: 'LIMIT_DOOR',
    message: 'Too many failed logins from this address. Wait, and check the credential.',
    headers: { 'Retry-After': String(Math.ceil(waitMs / 1_000)) },
  };
}
