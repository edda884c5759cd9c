import type { IncomingMessage } from 'node:http';
import { rpcCode } from '../call/rpc-error.ts';
import type { Classified } from './classify.ts';
import type { Arrival, Dispatcher } from './dispatcher.ts';
import { newTraceId } from '../runtime/tracing/trace-id.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import { sendError } from './send-error.ts';
import { sendSessionAnswer } from './session-answer.ts';
import type { Session, SessionStore } from './session-store.ts';

/** The classified messages that a session can carry. */
export type SessionMessage = Extract<
  Classified,
  { kind: 'legacy-request' | 'legacy-notification' | 'legacy-response' }
>;

/** What the session route is built from. */
export interface SessionRouteOptions {
  readonly sessions: SessionStore;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Serves legacy clients that hold a session: tool calls past the SDK's object, everything else by the session's own
 * SDK object and transport.
 */
export class SessionRoute {
  readonly #options: SessionRouteOptions;

  constructor(options: SessionRouteOptions) {
    this.#options = options;
  }

  /** Makes a session by `initialize`. */
  async open(arrival: Arrival, message: SessionMessage): Promise<void> {
    if (this.#options.sessions.isFull) {
      sendError(arrival.response, {
        status: 503,
        code: rpcCode.limited,
        message: 'Too many sessions. Try again later.',
        headers: { 'retry-after': '30' },
      });
      return;
    }
    const session = await this.#options.sessions.create(arrival.principal);
    await this.#viaSdk(session, arrival, message.message);
  }

  /** Serves one message of a session. */
  async post(arrival: Arrival, sessionId: string, classified: SessionMessage): Promise<void> {
    const session = this.#find(arrival, sessionId);
    if (session === undefined) return;
    if (
      classified.kind === 'legacy-request' &&
      this.#options.dispatcher.isOwnTool(arrival.principal, classified.message)
    ) {
      return this.#options.dispatcher.sessionCall(arrival, classified.message, session.id);
    }
    if (classified.kind === 'legacy-notification')
      this.#options.dispatcher.notified(arrival.principal, classified.message, session.id);
    return this.#viaSdk(session, arrival, classified.message);
  }

  /** Serves the session's GET stream, or ends the session by DELETE. */
  async getOrDelete(arrival: Arrival, sessionId: string): Promise<void> {
    const session = this.#find(arrival, sessionId);
    if (session !== undefined) await this.#viaSdk(session, arrival, undefined);
  }

  #find(arrival: Arrival, sessionId: string): Session | undefined {
    const session = this.#options.sessions.find(sessionId, arrival.principal);
    if (session === undefined)
      sendError(arrival.response, {
        status: 404,
        code: rpcCode.unknownSession,
        message: 'Unknown session. Initialize again.',
      });
    return session;
  }

  async #viaSdk(session: Session, arrival: Arrival, body: unknown): Promise<void> {
    const { principal, request, response } = arrival;
    const traceId = newTraceId();
    const binding = { principal, traceId, log: this.#options.log.child({ traceId }) };
    const auth = { token: '', clientId: principal.sub, scopes: [], extra: { binding } };
    const answer = await session.transport.handleRequest(toWebRequest(request), { authInfo: auth, parsedBody: body });
    await sendSessionAnswer({ answer, response, mayBeJson: request.method === 'POST', clock: this.#options.clock });
  }
}

/** The head of a request as the SDK wants it; its body is parsed already, and the host in the address counts for nothing. */
function toWebRequest({ method = 'POST', headers }: IncomingMessage): Request {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Request('http://session.invalid/mcp', { method, headers: entries });
}
