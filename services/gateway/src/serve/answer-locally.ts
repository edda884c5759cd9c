import { crossedDiscoverResult, crossedInitializeResult } from '../catalog/crossed-opening.ts';
import { listResult } from '../catalog/list-result.ts';
import { discoverResult, initializeResult } from '../catalog/opening-result.ts';
import type { CallDeps } from '../deps.ts';
import { objectField, stringField } from '../wire/json-value.ts';
import { sendJson, type ExtraHeaders } from '../wire/respond.ts';
import { answerBadParams } from './answer-unknown.ts';
import type { RequestCall } from './call.ts';
import { forwardOpen } from './forward-open.ts';
import { isLogLevel } from '../forward/bridge/log-level.ts';
import { hopEra } from './hop-era.ts';
import { recordCall } from './record-call.ts';

/** Answers a list from the snapshot: at once, whatever state the servers are in (04 G-22). */
export function answerList(deps: CallDeps, call: RequestCall): void {
  const { snapshot, route, server, principal, era, message } = call;
  // A server of which nothing is known yet is asked itself, and says that it is down if it is.
  if (server !== undefined && server.listing === undefined) return forwardOpen(deps, call);
  const cursor = message.params?.['cursor'];
  // Lists have one page, so no cursor was ever given out.
  if (cursor !== undefined && cursor !== '')
    return answerBadParams(deps, call, 'the cursor is not one of this list; begin without one');
  answerResult(
    deps,
    call,
    listResult(snapshot, { route, principal, method: message.method, era, serverInfo: deps.serverInfo }),
  );
}

/** Answers `server/discover`: the gateway for itself on `/mcp`, a server's own words on its route. */
export function answerDiscover(deps: CallDeps, call: RequestCall): void {
  const { snapshot, principal, server } = call;
  if (server === undefined)
    return answerResult(deps, call, discoverResult(snapshot, { principal, serverInfo: deps.serverInfo }));
  if (hopEra(server, 'modern') === 'legacy')
    return answerResult(deps, call, Buffer.from(JSON.stringify(crossedDiscoverResult(server))));
  if (server.listing?.era !== 'modern') return forwardOpen(deps, call);
  answerResult(deps, call, Buffer.from(JSON.stringify(server.listing.opening)));
}

/** Answers `initialize` where no server keeps a session, on `/mcp` and on the route of a modern server, and begins one. */
export function answerInitialize(deps: CallDeps, call: RequestCall): void {
  const requested = stringField(call.message.params, 'protocolVersion');
  const { snapshot, server, principal } = call;
  const sessionId = deps.gatewaySessions.begin(
    objectField(call.message.params, 'capabilities'),
    server?.name,
    principal,
  );
  const result =
    server === undefined
      ? initializeResult(snapshot, requested, { principal, serverInfo: deps.serverInfo })
      : crossedInitializeResult(server, requested);
  answerWith(deps, call, {
    result: Buffer.from(JSON.stringify(result)),
    headers: { 'Mcp-Session-Id': sessionId },
  });
}

export function answerPing(deps: CallDeps, call: RequestCall): void {
  answerResult(deps, call, Buffer.from('{}'));
}

/** Sets the least level of log notices that the client of a session gets. */
export function answerSetLevel(deps: CallDeps, call: RequestCall): void {
  const level = stringField(call.message.params, 'level');
  if (call.session === undefined || level === undefined || !isLogLevel(level))
    return answerBadParams(deps, call, 'params.level must be a log level, and a session must be open');
  call.session.live.logLevel = level;
  answerResult(deps, call, Buffer.from('{}'));
}

/** Puts the id before a result that is bytes already. */
function answerResult(deps: CallDeps, call: RequestCall, result: Buffer): void {
  answerWith(deps, call, { result });
}

function answerWith(
  deps: CallDeps,
  call: RequestCall,
  { result, headers }: { readonly result: Buffer; readonly headers?: ExtraHeaders },
): void {
  const head = Buffer.from(`{"jsonrpc":"2.0","id":${JSON.stringify(call.message.id)},"result":`);
  const bytes = sendJson(call.response, { status: 200, body: Buffer.concat([head, result, CLOSE]), headers });
  recordCall(deps, call, {
    decision: { outcome: 'allow', rule: 'route' },
    server: call.server?.name,
    outcome: 'ok',
    bytes,
  });
}

const CLOSE = Buffer.from('}');
