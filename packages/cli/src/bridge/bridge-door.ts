import { LEGACY_VERSIONS, rpcCode, type DoorRefusal, type JsonRpcId } from '@fairlead/server-kit/mcp';
import type { HostGuard, Logger } from '@fairlead/server-kit/runtime';
import { needsSession } from './bridge-error.ts';
import type { BearerGuard } from './bearer-guard.ts';
import type { BridgeSession } from './bridge-session.ts';
import { checkDoor, sessionIdOf } from './check-door.ts';
import type { ClientRequest } from './child-link.ts';
import { readPost, type PostedMessage } from './read-post.ts';
import { sendRefusal } from './send-refusal.ts';
import type { HttpExchange, SessionTable } from './session-table.ts';
import type { SharedServers } from './shared-servers.ts';

/** What the door of the bridge is built from. */
export interface BridgeDoorOptions {
  readonly hostGuard: HostGuard;
  readonly bearerGuard: BearerGuard;
  readonly sessions: SessionTable;
  readonly shared: SharedServers;
  readonly draining: AbortSignal;
  readonly log: Logger;
}

type Legacy = Extract<PostedMessage, { kind: `legacy-${string}` }>;

/** Methods that change what a server keeps for its one client; without a session they would change it for all. */
const sessionMethods: ReadonlySet<string> = new Set([
  'logging/setLevel',
  'resources/subscribe',
  'resources/unsubscribe',
]);

/** The HTTP door of the bridge: guards, one parse, then the client's own server or the shared one (03 §2.1). */
export class BridgeDoor {
  readonly #options: BridgeDoorOptions;

  constructor(options: BridgeDoorOptions) {
    this.#options = options;
  }

  /** Serves one HTTP request. Never rejects. */
  async handle(exchange: HttpExchange): Promise<void> {
    try {
      const refusal = await this.#serve(exchange);
      if (refusal !== undefined) sendRefusal(exchange.response, refusal);
    } catch (error) {
      this.#options.log.error({ err: error }, 'request.failed');
      sendRefusal(exchange.response, internal);
    }
  }

  async #serve(exchange: HttpExchange): Promise<DoorRefusal | undefined> {
    const { request, response } = exchange;
    const refusal = checkDoor(request, this.#options);
    if (refusal !== undefined) return refusal;
    if (request.method === 'POST') {
      await this.#post(exchange);
      return undefined;
    }
    const session = this.#options.sessions.find(sessionIdOf(request) ?? '');
    if (session === undefined) return unknownSession;
    if (request.method === 'GET') return session.listen(response, lastEventIdOf(exchange));
    this.#options.sessions.end(session.id);
    response.writeHead(200, { 'content-length': 0 }).end();
    return undefined;
  }

  async #post(exchange: HttpExchange): Promise<void> {
    const posted = await readPost(exchange);
    if (posted.kind === 'gone') return;
    if (posted.kind === 'refused') return sendRefusal(exchange.response, posted.refusal, posted.id);
    if (posted.kind === 'modern-notification') return accept(exchange);
    const isModern = posted.kind === 'modern-request';
    const refusal = isModern ? await this.#modern(posted, exchange) : await this.#legacy(posted, exchange);
    if (refusal !== undefined) sendRefusal(exchange.response, refusal, idOf(posted));
  }

  async #modern(
    request: ClientRequest,
    { request: { headers }, response }: HttpExchange,
  ): Promise<DoorRefusal | undefined> {
    const { shared } = this.#options;
    if (shared.newestEra === 'legacy') return olderEra;
    const acceptsStream = /text\/event-stream|\*\/\*/.test(headers.accept ?? '');
    return await shared.request('modern', request, { response, acceptsStream });
  }

  async #legacy(posted: Legacy, exchange: HttpExchange): Promise<DoorRefusal | undefined> {
    const { sessions, shared } = this.#options;
    const { request, response } = exchange;
    if (posted.kind === 'legacy-request' && posted.message.method === 'initialize')
      return await sessions.open(posted, exchange);
    const sessionId = sessionIdOf(request);
    if (sessionId !== undefined) {
      const session = sessions.find(sessionId);
      return session === undefined ? unknownSession : serveInSession(session, posted, exchange);
    }
    if (posted.kind === 'legacy-response') return strayResponse;
    if (posted.kind === 'legacy-notification') {
      accept(exchange);
      return undefined;
    }
    if (sessionMethods.has(posted.message.method)) return needsSession(posted.message.method);
    return await shared.request('legacy', posted, { response, acceptsStream: true });
  }
}

function idOf(posted: Exclude<PostedMessage, { kind: 'gone' | 'refused' | 'modern-notification' }>): JsonRpcId | null {
  return posted.kind === 'legacy-request' || posted.kind === 'modern-request' ? posted.message.id : null;
}

function serveInSession(session: BridgeSession, posted: Legacy, exchange: HttpExchange): DoorRefusal | undefined {
  if (posted.kind === 'legacy-request') return session.request(posted, exchange.response);
  const isCancel = posted.kind === 'legacy-notification' && posted.message.method === 'notifications/cancelled';
  if (isCancel) session.cancel(posted.text, posted.message.params?.['requestId']);
  else session.forward(posted.text);
  accept(exchange);
  return undefined;
}

function accept({ response }: HttpExchange): void {
  response.writeHead(202, { 'content-length': 0 }).end();
}

function lastEventIdOf({ request }: HttpExchange): string | undefined {
  const value = request.headers['last-event-id'];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const unknownSession: DoorRefusal = {
  status: 404,
  code: rpcCode.unknownSession,
  message: 'Unknown session: it has ended, or its server has. Initialize again.',
};
const strayResponse: DoorRefusal = {
  status: 400,
  code: rpcCode.invalidRequest,
  message: 'A response needs a session: nothing was asked here.',
};
const olderEra: DoorRefusal = {
  status: 400,
  code: rpcCode.unsupportedVersion,
  message: 'Unsupported protocol version: the server behind this bridge knows initialize only.',
  data: { supported: LEGACY_VERSIONS },
};
const internal: DoorRefusal = {
  status: 500,
  code: rpcCode.internalError,
  message: 'INTERNAL: something went wrong inside the bridge.',
};
