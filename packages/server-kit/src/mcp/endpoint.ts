import type { IncomingMessage, ServerResponse } from 'node:http';
import { rpcCode } from '../call/rpc-error.ts';
import type { Authenticator } from '../identity/authenticator.ts';
import { isRefusal, type Refusal } from '../identity/refusal.ts';
import type { HostGuard } from '../runtime/host-guard.ts';
import type { Logger } from '../runtime/logger.ts';
import { readBody } from './body-reader.ts';
import { classify, type Classified } from './classify.ts';
import type { Arrival, Dispatcher } from './dispatcher.ts';
import { acceptsStream } from './exchange.ts';
import { nestsDeeperThan } from './json-depth.ts';
import { guardedHeaders } from './guarded-headers.ts';
import { isRecord } from './json-rpc.ts';
import { sendError, type DoorRefusal } from './send-error.ts';
import type { SessionRoute } from './session-route.ts';

const DEPTH_MAX = 64;
const PATH = '/mcp';

/** What the HTTP door is built from. */
export interface EndpointOptions {
  readonly hostGuard: HostGuard;
  readonly authenticator: Authenticator;
  readonly dispatcher: Dispatcher;
  /** Absent: legacy clients are served without sessions. */
  readonly sessions: SessionRoute | undefined;
  readonly bodyBytesMax: number;
  readonly draining: AbortSignal;
  readonly log: Logger;
}

/**
 * The HTTP door of an MCP service: guards, authentication, one parse, then the leg of the era (03 §2.1). Every refusal
 * names what was wrong and what to do.
 */
export class Endpoint {
  readonly #options: EndpointOptions;

  constructor(options: EndpointOptions) {
    this.#options = options;
  }

  /** Serves one HTTP request. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#serve(request, response);
    } catch (error) {
      this.#options.log.error({ err: error }, 'request.failed');
      sendError(response, {
        status: 500,
        code: rpcCode.internalError,
        message: 'INTERNAL: something went wrong inside this server.',
      });
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = this.#checkDoor(request);
    if (refusal !== undefined) return sendError(response, refusal);
    const principal = await this.#options.authenticator.authenticate(
      request.headers,
      request.rawHeaders,
      request.url ?? PATH,
    );
    if (isRefusal(principal)) return sendError(response, unauthenticated(principal));
    if (this.#options.draining.aborted) return sendError(response, drainingRefusal);
    const arrival = { request, response, principal };
    if (request.method === 'POST') return this.#post(arrival);
    return this.#options.sessions?.getOrDelete(arrival, sessionIdOf(request) ?? '');
  }

  #checkDoor(request: IncomingMessage): DoorRefusal | undefined {
    const verdict = this.#options.hostGuard(guardedHeaders(request.rawHeaders));
    if (verdict !== 'ok') return foreign(verdict);
    const [path] = (request.url ?? '').split('?', 1);
    if (path !== PATH)
      return { status: 404, code: rpcCode.invalidRequest, message: `Nothing is here. The MCP endpoint is ${PATH}.` };
    if (request.method === 'POST') return undefined;
    const isSessionVerb = request.method === 'GET' || request.method === 'DELETE';
    const hasSession = isSessionVerb && sessionIdOf(request) !== undefined && this.#options.sessions !== undefined;
    return hasSession ? undefined : methodNotAllowed;
  }

  async #post(arrival: Arrival): Promise<void> {
    const { request, response } = arrival;
    if (!isJson(request.headers['content-type'])) return sendError(response, notJson);
    const body = await readBody(request, this.#options.bodyBytesMax);
    if (body.kind === 'broken') return undefined;
    if (body.kind === 'too-large') return sendError(response, tooLarge(this.#options.bodyBytesMax));
    const parsed = parse(body.bytes);
    if ('refusal' in parsed) return sendError(response, parsed.refusal);
    const classified = classify(request.headers, parsed.value);
    if (classified.kind === 'rejected') return rejectMessage(response, parsed.value, classified);
    return this.#dispatch(arrival, classified);
  }

  async #dispatch(arrival: Arrival, classified: Exclude<Classified, { kind: 'rejected' }>): Promise<void> {
    const { dispatcher } = this.#options;
    switch (classified.kind) {
      case 'modern-request':
        return dispatcher.modern(arrival, classified.message);
      case 'modern-notification':
        return accepted(arrival.response);
      case 'legacy-request':
      case 'legacy-notification':
      case 'legacy-response':
        return this.#legacy(arrival, classified);
    }
  }

  async #legacy(arrival: Arrival, classified: Extract<Classified, { kind: `legacy-${string}` }>): Promise<void> {
    const { dispatcher, sessions } = this.#options;
    const { request, response, principal } = arrival;
    const isRequest = classified.kind === 'legacy-request';
    if (isRequest && !acceptsBoth(request.headers.accept)) return sendError(response, notAcceptable);
    const sessionId = sessionIdOf(request);
    const opensSession = isRequest && classified.message.method === 'initialize';
    if (sessions !== undefined && opensSession) return sessions.open(arrival, classified);
    if (sessions !== undefined && sessionId !== undefined) return sessions.post(arrival, sessionId, classified);
    if (classified.kind === 'legacy-request') return dispatcher.stateless(arrival, classified.message);
    if (classified.kind === 'legacy-response') return sendError(response, strayResponse);
    dispatcher.notified(principal, classified.message, undefined);
    return accepted(response);
  }
}

function parse(bytes: Buffer): { readonly value: unknown } | { readonly refusal: DoorRefusal } {
  if (nestsDeeperThan(bytes, DEPTH_MAX)) {
    return {
      refusal: {
        status: 400,
        code: rpcCode.invalidRequest,
        message: `The JSON nests deeper than ${DEPTH_MAX} levels.`,
      },
    };
  }
  try {
    return { value: JSON.parse(bytes.toString('utf8')) };
  } catch {
    return { refusal: { status: 400, code: rpcCode.parseError, message: 'Parse error: the body is not JSON.' } };
  }
}

function rejectMessage(
  response: ServerResponse,
  body: unknown,
  rejected: Extract<Classified, { kind: 'rejected' }>,
): void {
  const id = isRecord(body) && (typeof body['id'] === 'string' || typeof body['id'] === 'number') ? body['id'] : null;
  const text = JSON.stringify({ jsonrpc: '2.0', id, error: rejected.error });
  response.writeHead(rejected.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function accepted(response: ServerResponse): void {
  response.writeHead(202, { 'content-length': 0 });
  response.end();
}

function sessionIdOf(request: IncomingMessage): string | undefined {
  const value = request.headers['mcp-session-id'];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

/** A legacy client must take both forms of answer (specification 2025-11-25, transports). */
function acceptsBoth(accept: string | undefined): boolean {
  return (
    accept !== undefined && acceptsStream(accept) && (accept.includes('application/json') || accept.includes('*/*'))
  );
}

function unauthenticated(refusal: Refusal): DoorRefusal {
  const challenge = refusal.hadCredential ? 'Bearer error="invalid_token"' : 'Bearer';
  return {
    status: refusal.status,
    code: refusal.status === 403 ? rpcCode.forbidden : rpcCode.unauthenticated,
    message: `${refusal.code}: ${refusal.publicMessage}`,
    headers: refusal.status === 401 || refusal.status === 403 ? { 'www-authenticate': challenge } : {},
  };
}

function foreign(verdict: 'host' | 'origin'): DoorRefusal {
  const name = verdict === 'host' ? 'Host' : 'Origin';
  return { status: 403, code: rpcCode.refusedTransport, message: `The ${name} header is not on this server's list.` };
}

function tooLarge(bytesMax: number): DoorRefusal {
  return {
    status: 413,
    code: rpcCode.refusedTransport,
    message: `WIRE_TOO_LARGE: the body is larger than ${bytesMax} bytes (BODY_BYTES_MAX).`,
    headers: { connection: 'close' },
  };
}

const methodNotAllowed: DoorRefusal = {
  status: 405,
  code: rpcCode.methodNotAllowed,
  message: 'Use POST. GET and DELETE need a session.',
  headers: { allow: 'POST' },
};
const drainingRefusal: DoorRefusal = {
  status: 503,
  code: rpcCode.draining,
  message: 'SHUTTING_DOWN: this server is stopping. Try again.',
  headers: { 'retry-after': '1' },
};
const notJson: DoorRefusal = {
  status: 415,
  code: rpcCode.refusedTransport,
  message: 'Send Content-Type: application/json.',
};
const notAcceptable: DoorRefusal = {
  status: 406,
  code: rpcCode.refusedTransport,
  message: 'Send Accept: application/json, text/event-stream.',
};
const strayResponse: DoorRefusal = {
  status: 400,
  code: rpcCode.invalidRequest,
  message: 'A response needs a session: nothing was asked here.',
};
