import type { AuditOutcome } from '@fairlead/contracts';
import type { CatalogItem } from '../catalog/item.ts';
import type { CallDeps } from '../deps.ts';
import type { CallOutcome } from '../forward/read-answer.ts';
import type { RequestCall } from './call.ts';

/** What became of a call, for its record, its metrics and its span. */
export interface CallResult extends CallOutcome {
  readonly decision: {
    readonly outcome: AuditOutcome;
    readonly rule?: string | undefined;
    readonly code?: string | undefined;
  };
  readonly server?: string | undefined;
  readonly item?: CatalogItem | undefined;
  /** Name or URI that was asked for; recorded also when it names nothing. */
  readonly name?: string | undefined;
  readonly argsDigest?: string | undefined;
  readonly bytes: number;
  /** Time that the server took; absent when it was not asked. */
  readonly upstreamMs?: number | undefined;
}

/** Writes the record of a call, counts it, and ends its span. The last step of every request. */
export function recordCall(deps: CallDeps, call: RequestCall, result: CallResult): void {
  const { principal, address, message, span } = call;
  const { decision, server, item, name, argsDigest, outcome, code, bytes } = result;
  const ms = deps.clock.monotonicMs() - call.startedMs;
  deps.audit.append({
    traceId: span.traceId,
    principal,
    address,
    method: message.method,
    server,
    tool: item?.wireName ?? name,
    effect: item?.kind === 'tool' ? item.effect : undefined,
    decision,
    argsDigest,
    outcome,
    code,
    ms,
    bytes,
  });
  count(deps, call, { result, ms });
  if (outcome !== 'ok') span.fail(code ?? outcome);
  span.end();
}

function count(
  { metrics }: CallDeps,
  { message, era, principal }: RequestCall,
  { result, ms }: { result: CallResult; ms: number },
): void {
  const { decision, server, item, outcome, code, upstreamMs } = result;
  const labels = {
    method: message.method,
    tool: item?.kind === 'tool' ? item.wireName : undefined,
    errorType: errorType(outcome, code),
    version: era,
  };
  metrics.authentication(principal.via, 'ok');
  metrics.decision(decision.outcome, decision.rule, server);
  metrics.call(labels, ms);
  if (server !== undefined && upstreamMs !== undefined)
    metrics.upstream({ ...labels, server }, { totalMs: ms, upstreamMs });
}

/** A bounded label: codes of ours, and one value for whatever a server's error says. */
function errorType(outcome: CallOutcome['outcome'], code: string | undefined): string | undefined {
  if (outcome === 'ok') return undefined;
  return outcome === 'tool_error' || outcome === 'rpc_error' ? outcome : code;
}
