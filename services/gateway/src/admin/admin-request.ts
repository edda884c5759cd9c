import type { Principal } from '@fairlead/contracts';
import { isRefusal, principalKey } from '@fairlead/server-kit/identity';
import { NotFound, PermissionDenied, ServiceError, newTraceId, toProblem } from '@fairlead/server-kit/runtime';
import type { NextFunction, Request, Response } from 'express';
import { challenge } from '../identity/challenge.ts';
import { decide } from '../policy/decide.ts';
import { sendProblem } from '../wire/respond.ts';
import type { AdminDeps } from './admin-deps.ts';

/** A request of a caller who may make it. */
export interface AdminRequest {
  readonly request: Request;
  readonly response: Response;
  readonly principal: Principal;
  readonly traceId: string;
}

/** What a route does, and who may ask for it. */
export interface AdminRoute {
  /** The `admin:` permission. */
  readonly thing: 'servers' | 'keys' | 'policy';
  /** Whether the path names one entry: without the permission it then does not exist (06 N04). */
  readonly isEntry: boolean;
  handle(request: AdminRequest): Promise<void> | void;
}

/** Turns a route into a handler of Express: authenticate, decide by the one decision function, handle, record. */
export function createHandler(
  deps: AdminDeps,
  route: AdminRoute,
): (request: Request, response: Response, next: NextFunction) => void {
  return function serveAdmin(request, response) {
    const traceId = newTraceId();
    const startedMs = deps.clock.monotonicMs();
    let principal: Principal | undefined;
    const served = (async () => {
      const answer = await deps.authenticator.authenticate(request.headers, request.rawHeaders, request.originalUrl);
      if (isRefusal(answer)) return refuseCredential(response, challenge(answer));
      principal = answer;
      permit(deps, principal, route);
      await route.handle({ request, response, principal, traceId });
      return undefined;
    })();
    void served
      .catch((error: unknown) => answerError(deps, error, { response, traceId }))
      .then((code) =>
        record(deps, { request, response, principal, traceId, code, ms: deps.clock.monotonicMs() - startedMs }),
      );
  };
}

/** The caller as part of a key, so that no caller meets another's entries. */
export function callerKey({ principal, request }: AdminRequest): string {
  return `${principalKey(principal)} ${request.method} ${request.path}`;
}

function permit({ snapshot }: AdminDeps, principal: Principal, { thing, isEntry }: AdminRoute): void {
  if (decide(snapshot(), principal, { kind: 'admin', thing }).outcome === 'allow') return;
  if (isEntry) throw unknownEntry();
  throw new PermissionDenied('AUTH_DENIED', {
    publicMessage: `You need the permission admin:${thing}. Ask an administrator for a role that has it.`,
  });
}

/** The one answer for an entry that is not there and for one that the caller may not see. */
export function unknownEntry(): NotFound {
  return new NotFound('NOT_FOUND', { publicMessage: 'There is nothing at this path, or not for you.' });
}

function refuseCredential(
  response: Response,
  { status, code, message, headers }: ReturnType<typeof challenge>,
): string {
  sendProblem(
    response,
    { status, code, title: status === 401 ? 'Unauthorized' : 'Forbidden', detail: message },
    headers,
  );
  return code;
}

function answerError(
  { log }: AdminDeps,
  error: unknown,
  { response, traceId }: Pick<AdminRequest, 'response' | 'traceId'>,
): string {
  if (!ServiceError.is(error)) log.error({ err: error, traceId }, 'admin.request_failed');
  const document = toProblem(error, traceId);
  response.status(document.status).type('application/problem+json').send(JSON.stringify(document));
  return document.code;
}

interface ServedRequest extends Pick<AdminRequest, 'request' | 'response' | 'traceId'> {
  readonly principal: Principal | undefined;
  readonly code: string | undefined;
  readonly ms: number;
}

/** Every decision about the admin API is recorded, changes and refusals alike (04 G-67). */
function record({ audit }: AdminDeps, { request, response, principal, traceId, code, ms }: ServedRequest): void {
  audit.append({
    traceId,
    principal,
    address: request.socket.remoteAddress,
    method: `${request.method} ${request.route?.path ?? request.path}`,
    tool: typeof request.params['id'] === 'string' ? request.params['id'] : undefined,
    decision: { outcome: outcomeOf(response.statusCode), code },
    outcome: code === undefined ? 'ok' : 'refused',
    code,
    ms,
    bytes: Number(response.getHeader('content-length') ?? 0),
  });
}

function outcomeOf(status: number): 'allow' | 'unauthenticated' | 'deny' | 'hidden' | 'invalid' | 'unavailable' {
  if (status < 400) return 'allow';
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'deny';
  if (status === 404) return 'hidden';
  return status < 500 ? 'invalid' : 'unavailable';
}
