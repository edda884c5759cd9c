import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DoorDeps } from '../deps.ts';
import { rpcCodes, type RpcRefusal } from '../wire/json-rpc.ts';
import { isRepeated } from '../wire/repeated-header.ts';
import { sendEmpty, sendProblem, sendRefusal } from '../wire/respond.ts';
import type { Arrival } from './call.ts';
import { failInside } from './fail-inside.ts';
import { methodNotAllowed, recordRefusal, refuse, shuttingDown, unread } from './refuse.ts';
import { serveVisit } from './serve-visit.ts';

/** A handler of requests whose path is not an MCP route. */
export type OtherRoutes = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The first steps of every request, before anybody is known: is it meant for us, does the path exist, may the method be.
 * The order is fixed: GET without a session is 405 even without a credential, since clients hang otherwise (03 A9).
 */
export function createFrontDoor(
  deps: DoorDeps,
  otherRoutes: OtherRoutes,
): (request: IncomingMessage, response: ServerResponse) => void {
  return function serve(request, response) {
    try {
      receive(deps, { request, response }, otherRoutes);
    } catch (error) {
      failInside(deps, toArrival(deps, undefined, { request, response }), error);
    }
  };
}

function receive(
  deps: DoorDeps,
  { request, response }: Pick<Arrival, 'request' | 'response'>,
  otherRoutes: OtherRoutes,
): void {
  const verdict = guardHost(deps, request);
  if (verdict !== 'ok') return refuseForeign(deps, { request, response }, verdict);
  const route = mcpRoute(request.url ?? '');
  if (route === undefined) return otherRoutes(request, response);
  if (request.method === 'OPTIONS') return void sendEmpty(response, 204, preflightHeaders(request));
  if (!isServed(request, route.serverName)) return void sendRefusal(response, null, methodNotAllowed);
  const arrival = toArrival(deps, route.serverName, { request, response });
  if (deps.draining.aborted)
    return refuse(deps, arrival, { ...unread(request), refusal: shuttingDown, outcome: 'unavailable' });
  allowOrigin(request, response);
  serveVisit(deps, arrival);
}

/** Node keeps the first of two `Host` headers in silence, so a doubled one is looked for in what came. */
function guardHost(
  { hostGuard }: DoorDeps,
  { headers, rawHeaders }: IncomingMessage,
): ReturnType<DoorDeps['hostGuard']> {
  return isRepeated(rawHeaders, 'host') ? 'host' : hostGuard({ host: headers.host, origin: headers.origin });
}

function toArrival(
  deps: DoorDeps,
  serverName: string | undefined,
  { request, response }: Pick<Arrival, 'request' | 'response'>,
): Arrival {
  return {
    request,
    response,
    serverName,
    address: request.socket.remoteAddress ?? '',
    startedMs: deps.clock.monotonicMs(),
  };
}

/** Which MCP route a URL names: `/mcp`, or `/servers/<name>/mcp`. The query counts for nothing here. */
function mcpRoute(url: string): { readonly serverName: string | undefined } | undefined {
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  if (path === '/mcp') return { serverName: undefined };
  const name = SERVER_PATH.exec(path)?.[1];
  return name === undefined ? undefined : { serverName: name };
}

/** POST always; DELETE inside a session; GET inside one that a server keeps, which only per-server routes have. */
function isServed({ method, headers }: IncomingMessage, serverName: string | undefined): boolean {
  if (method === 'POST') return true;
  if (headers['mcp-session-id'] === undefined) return false;
  return method === 'DELETE' || (method === 'GET' && serverName !== undefined);
}

/** The host guard has let the origin in; a browser needs to be told so. Never a wildcard (06 N13). */
function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.origin === undefined) return;
  response.setHeader('Access-Control-Allow-Origin', headers.origin);
  response.setHeader('Access-Control-Expose-Headers', 'Mcp-Session-Id, WWW-Authenticate, Retry-After');
  response.setHeader('Vary', 'Origin');
}

function preflightHeaders({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const allowed = { Allow: 'POST, GET, DELETE, OPTIONS' };
  if (headers.origin === undefined) return allowed;
  return {
    ...allowed,
    'Access-Control-Allow-Origin': headers.origin,
    'Access-Control-Allow-Methods': 'POST, GET, DELETE',
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '',
    'Access-Control-Max-Age': '600',
    Vary: 'Origin',
  };
}

const SERVER_PATH = /^\/servers\/([a-z][a-z0-9-]{0,30})\/mcp$/;

/** A request that was meant for another host, or sent by a page that is not ours: no JSON-RPC, since it is no client (03 §4). */
function refuseForeign(
  deps: DoorDeps,
  { request, response }: Pick<Arrival, 'request' | 'response'>,
  verdict: 'host' | 'origin',
): void {
  const refusal = foreignRefusals[verdict];
  const bytes = sendProblem(response, { status: 403, code: refusal.code, title: 'Forbidden', detail: refusal.message });
  const arrival = toArrival(deps, undefined, { request, response });
  recordRefusal(deps, arrival, { ...unread(request), refusal, outcome: 'invalid', bytes });
}

const foreignRefusals: Readonly<Record<'host' | 'origin', RpcRefusal>> = {
  host: {
    status: 403,
    rpcCode: rpcCodes.permissionDenied,
    code: 'WIRE_HOST_DENIED',
    message: 'The Host header is not on ALLOWED_HOSTS.',
  },
  origin: {
    status: 403,
    rpcCode: rpcCodes.permissionDenied,
    code: 'WIRE_ORIGIN_DENIED',
    message: 'The Origin header is not on ALLOWED_ORIGINS.',
  },
};
