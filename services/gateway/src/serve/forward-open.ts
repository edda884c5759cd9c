import type { CallDeps } from '../deps.ts';
import { decide } from '../policy/decide.ts';
import { isJsonObject, type JsonObject } from '../wire/json-value.ts';
import { answerUnknownMethod } from './answer-unknown.ts';
import type { RequestCall } from './call.ts';
import { sendCall } from './send-call.ts';

/** Methods without an item that everybody on a server's route may use: they open, keep and tune a conversation. */
const OPEN_METHODS = new Set([
  'initialize',
  'ping',
  'logging/setLevel',
  'server/discover',
  'subscriptions/listen',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
]);

/**
 * Passes a method that names no item on to the server of the route. A method that the protocol does not have may do
 * anything, so only who holds the whole server (`server:<name>`) gets it through.
 */
export function forwardOpen(deps: CallDeps, call: RequestCall): void {
  const { server, message, snapshot, principal } = call;
  if (server === undefined) return answerUnknownMethod(deps, call);
  const decision = OPEN_METHODS.has(message.method)
    ? onRoute
    : decide(snapshot, principal, { kind: 'server', server: server.name });
  if (decision.outcome === 'hidden') return answerUnknownMethod(deps, call);
  const isStream = message.method === 'subscriptions/listen';
  sendCall(deps, call, {
    server,
    rule: decision.rule,
    item: undefined,
    params: isStream ? withReadableUris(call) : message.params,
    name: undefined,
    shownName: undefined,
    argsDigest: undefined,
    callClass: 'read',
    isRepeatable: false,
    isStream,
  });
}

const onRoute = { outcome: 'allow', rule: 'route' } as const;

/** A listen request without the resources that the caller may not read: what is hidden sends no notices either (04 G-31). */
function withReadableUris({ message, route, snapshot, principal }: RequestCall): JsonObject | undefined {
  const { params } = message;
  const notifications = params?.['notifications'];
  if (params === undefined || !isJsonObject(notifications) || !Array.isArray(notifications['resourceSubscriptions']))
    return params;
  const resourceSubscriptions = notifications['resourceSubscriptions'].filter((uri: unknown) => {
    const found = typeof uri === 'string' ? route.uris.find(uri) : undefined;
    return found !== undefined && decide(snapshot, principal, { kind: 'uri', ...found }).outcome === 'allow';
  });
  return { ...params, notifications: { ...notifications, resourceSubscriptions } };
}
