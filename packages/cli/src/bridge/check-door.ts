import type { IncomingMessage } from 'node:http';
import { guardedHeaders, rpcCode, type DoorRefusal } from '@fairlead/server-kit/mcp';
import type { HostGuard } from '@fairlead/server-kit/runtime';
import type { BearerGuard } from './bearer-guard.ts';

/** What stands before the body of a request. */
export interface DoorGuards {
  readonly hostGuard: HostGuard;
  readonly bearerGuard: BearerGuard;
  readonly draining: AbortSignal;
}

const mcpPath = '/mcp';

/** Decides by a request's head alone: foreign host, path and method first, then the token (03 P-10, P-11). */
export function checkDoor(
  request: IncomingMessage,
  { hostGuard, bearerGuard, draining }: DoorGuards,
): DoorRefusal | undefined {
  const verdict = hostGuard(guardedHeaders(request.rawHeaders));
  if (verdict !== 'ok') return foreign(verdict);
  if ((request.url ?? '').split('?', 1)[0] !== mcpPath) return nothingHere;
  if (request.method !== 'POST' && !isSessionVerb(request)) return methodNotAllowed;
  if (!bearerGuard(request.headers.authorization)) return unauthenticated;
  return draining.aborted ? stopping : undefined;
}

/** The session that a request names. */
export function sessionIdOf({ headers }: IncomingMessage): string | undefined {
  const value = headers['mcp-session-id'];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isSessionVerb(request: IncomingMessage): boolean {
  return (request.method === 'GET' || request.method === 'DELETE') && sessionIdOf(request) !== undefined;
}

function foreign(verdict: 'host' | 'origin'): DoorRefusal {
  const name = verdict === 'host' ? 'Host' : 'Origin';
  const setting = verdict === 'host' ? 'ALLOWED_HOSTS' : 'ALLOWED_ORIGINS';
  return { status: 403, code: rpcCode.refusedTransport, message: `The ${name} header is not on ${setting}.` };
}

const nothingHere: DoorRefusal = {
  status: 404,
  code: rpcCode.invalidRequest,
  message: `Nothing is here. The MCP endpoint is ${mcpPath}.`,
};
const methodNotAllowed: DoorRefusal = {
  status: 405,
  code: rpcCode.methodNotAllowed,
  message: 'Use POST. GET and DELETE need a session.',
  headers: { allow: 'POST' },
};
const unauthenticated: DoorRefusal = {
  status: 401,
  code: rpcCode.unauthenticated,
  message: 'AUTH_REQUIRED: send Authorization: Bearer with the value of BRIDGE_TOKEN.',
  headers: { 'www-authenticate': 'Bearer' },
};
const stopping: DoorRefusal = {
  status: 503,
  code: rpcCode.draining,
  message: 'SHUTTING_DOWN: the bridge is stopping. Try again.',
  headers: { 'retry-after': '1' },
};
