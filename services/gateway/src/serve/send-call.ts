import type { LimitDecision } from '@fairlead/server-kit/resilience';
import type { CallDeps, CallableBackend } from '../deps.ts';
import { answerFailure, answerLimit } from './answer-unsent.ts';
import type { RequestCall } from './call.ts';
import { downFailure, type CallFailure } from './explain-failure.ts';
import type { OutgoingCall } from './outgoing-call.ts';
import { relayCall } from './relay-call.ts';

/** Sends a call that was allowed: limits first, then the server's state, then the hop (04 §1.1). */
export function sendCall(deps: CallDeps, call: RequestCall, outgoing: OutgoingCall): void {
  const { server } = outgoing;
  const backend = deps.backend(server);
  if (backend === undefined) throw new RangeError(`server ${server.name} has no backend`);
  const limit = takeLimit(deps, call, { outgoing, backend });
  if (!limit.allowed) return answerLimit(deps, call, { outgoing, limit });
  const failure = notNow(outgoing, backend);
  if (failure === undefined) return relayCall(deps, call, { outgoing, backend, release: () => limit.release() });
  limit.release();
  answerFailure(deps, call, { outgoing, failure });
}

/** A call and the server that it goes to. */
interface Leaving {
  readonly outgoing: OutgoingCall;
  readonly backend: CallableBackend;
}

function takeLimit(
  { limits }: CallDeps,
  { principal, message }: RequestCall,
  { outgoing, backend }: Leaving,
): LimitDecision {
  const { server, item, isStream } = outgoing;
  if (backend.upstream.isFull)
    return { allowed: false, retryAfterMs: 1_000, rule: `servers.${server.name}.concurrency`, kind: 'concurrency' };
  if (isStream) return limits.takeStream({ principal });
  const tool = item?.kind === 'tool' ? item.wireName : message.method;
  return limits.take({ principal, server: server.name, tool });
}

/** Why the server cannot be called at this moment, without trying it. */
function notNow({ server, callClass }: OutgoingCall, { upstream }: CallableBackend): CallFailure | undefined {
  const outage = upstream.outage(callClass);
  return outage === undefined ? undefined : downFailure(server, outage);
}
