import type { CatalogItem } from '../catalog/item.ts';
import { differingParamHeader } from '../catalog/param-headers.ts';
import type { CallDeps } from '../deps.ts';
import { decide } from '../policy/decide.ts';
import { headerMismatch } from '../wire/classify-era.ts';
import { sendRefusal } from '../wire/respond.ts';
import { answerBadParams, answerUnknown } from './answer-unknown.ts';
import type { RequestCall } from './call.ts';
import { findTarget, type ItemMethod, type NoTarget } from './find-target.ts';
import { recordCall } from './record-call.ts';
import { sendCall } from './send-call.ts';

/** Serves a request that names an item: find it, decide, limit, forward. */
export function forwardItem(deps: CallDeps, call: RequestCall, method: ItemMethod): void {
  const target = findTarget(call.route, method, call.message.params ?? {});
  if (target.kind === 'invalid') return answerBadParams(deps, call, target.reason);
  if (target.kind === 'unknown') return answerUnknown(deps, call, target);
  const decision = decide(call.snapshot, call.principal, target.subject);
  const server = call.snapshot.servers.get(target.server);
  if (decision.outcome === 'hidden' || server === undefined) return answerUnknown(deps, call, asked(call, method));
  const differing = call.era === 'modern' ? differingHeader(call, target.item) : undefined;
  if (differing !== undefined) return refuseHeader(deps, call, differing);
  const args = argumentsOf(call, method);
  sendCall(deps, call, {
    server,
    rule: decision.rule,
    item: target.item,
    params: target.params,
    name: method === 'completion/complete' ? undefined : target.name,
    shownName: asked(call, method).name,
    argsDigest: args === undefined ? undefined : deps.argsDigest(args),
    callClass: isRead(target.item, method) ? 'read' : 'write',
    isRepeatable: isRead(target.item, method) || target.item?.isRepeatable === true,
    isStream: false,
  });
}

/** What the request asked for, in its own words: the answer to a hidden thing must not know more. */
function asked({ message }: RequestCall, method: ItemMethod): Pick<NoTarget, 'noun' | 'name'> {
  const found = message.params ?? {};
  const ref = method === 'completion/complete' ? found['ref'] : found;
  const named = typeof ref === 'object' && ref !== null ? ref : {};
  if ('uri' in named && typeof named.uri === 'string' && method !== 'tools/call' && method !== 'prompts/get')
    return { noun: 'resource', name: named.uri };
  const name = 'name' in named && typeof named.name === 'string' ? named.name : '';
  return { noun: method === 'tools/call' ? 'tool' : 'prompt', name };
}

function isRead(item: CatalogItem | undefined, method: ItemMethod): boolean {
  return method !== 'tools/call' || item?.effect === 'read';
}

function argumentsOf({ message }: RequestCall, method: ItemMethod): unknown {
  return method === 'tools/call' || method === 'prompts/get' ? message.params?.['arguments'] : undefined;
}

function differingHeader({ message, request }: RequestCall, item: CatalogItem | undefined): string | undefined {
  if (item === undefined || item.paramHeaders.length === 0) return undefined;
  return differingParamHeader(item.paramHeaders, message.params?.['arguments'], request.headers);
}

function refuseHeader(deps: CallDeps, call: RequestCall, header: string): void {
  const refusal = headerMismatch(header, 'the argument has another value');
  const bytes = sendRefusal(call.response, call.message.id, refusal);
  recordCall(deps, call, {
    decision: { outcome: 'invalid', code: refusal.code },
    outcome: 'refused',
    code: refusal.code,
    bytes,
  });
}
