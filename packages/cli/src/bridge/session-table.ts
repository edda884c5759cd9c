import type { IncomingMessage, ServerResponse } from 'node:http';
import { bridgeErrors, bridgeRefusals } from './bridge-error.ts';
import { isRecord, type DoorRefusal, type JsonRpcErrorBody } from '@fairlead/server-kit/mcp';
import type { Clock, Logger } from '@fairlead/server-kit/runtime';
import type { BridgeMetrics } from './bridge-metrics.ts';
import { BridgeSession } from './bridge-session.ts';
import type { ClientRequest } from './child-link.ts';
import type { ChildReports } from './child-reports.ts';
import type { StdioChild } from './stdio-child.ts';

/** What the table of sessions works with. */
export interface SessionTableOptions {
  readonly startChild: () => Promise<StdioChild>;
  readonly sessionsMax: number;
  readonly idleMsMax: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: BridgeMetrics;
  readonly reports: ChildReports;
}

/** One HTTP request with where its answer goes. */
export interface HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const sweepMs = 10_000;

/** All sessions. The bound counts server processes: one that still ends holds its place. */
export class SessionTable {
  readonly #options: SessionTableOptions;
  readonly #sessions = new Map<string, BridgeSession>();
  readonly #stops = new Set<Promise<unknown>>();
  #processes = 0;
  #cancelSweep: () => void;

  constructor(options: SessionTableOptions) {
    this.#options = options;
    this.#cancelSweep = options.clock.schedule(sweepMs, () => this.#sweep());
  }

  get isFull(): boolean {
    return this.#processes >= this.#options.sessionsMax;
  }

  get openCount(): number {
    return [...this.#sessions.values()].reduce((sum, { openCount }) => sum + openCount, 0);
  }

  find(id: string): BridgeSession | undefined {
    return this.#sessions.get(id);
  }

  /** Serves `initialize`: starts a server, and keeps the session when the server accepts. */
  async open(request: ClientRequest, { response }: HttpExchange): Promise<DoorRefusal | undefined> {
    if (this.isFull) return bridgeRefusals.full(this.#options.sessionsMax);
    const session = await this.#start();
    if (session === undefined) return bridgeRefusals.down('it could not be started');
    response.once('close', () => {
      if (!response.writableFinished) this.#end(session);
    });
    session.initialize(request, {
      notify: () => undefined,
      abandon: () => undefined,
      finish: (text) => this.#answerInitialize(session, { text, response }),
    });
    return undefined;
  }

  /** Ends one session. */
  end(id: string): void {
    const session = this.#sessions.get(id);
    if (session !== undefined) this.#end(session);
  }

  /** No session waits for news any more. */
  endListening(): void {
    for (const session of this.#sessions.values()) session.endListening();
  }

  /** Ends all sessions, and resolves when their servers are gone. */
  async close(cause: JsonRpcErrorBody = bridgeErrors.stopping()): Promise<void> {
    this.#cancelSweep();
    for (const session of this.#sessions.values()) this.#end(session, cause);
    await Promise.all(this.#stops);
  }

  async #start(): Promise<BridgeSession | undefined> {
    const { startChild, clock, log, reports } = this.#options;
    this.#processes += 1;
    try {
      const session = new BridgeSession({ child: await startChild(), clock, reports });
      void session.ended.then((reason) => this.#onEnded(session, reason));
      return session;
    } catch (error) {
      this.#processes -= 1;
      log.error({ err: error }, 'server.start_failed');
      return undefined;
    }
  }

  #answerInitialize(session: BridgeSession, { text, response }: { text: string; response: ServerResponse }): void {
    const isAccepted = hasResult(text);
    if (isAccepted) this.#keep(session);
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...(isAccepted && { 'mcp-session-id': session.id }),
    });
    response.end(text);
    if (!isAccepted) this.#end(session);
  }

  #keep(session: BridgeSession): void {
    this.#sessions.set(session.id, session);
    this.#options.metrics.sessions.set(this.#sessions.size);
    this.#options.log.info({ session: shortId(session) }, 'session.opened');
  }

  #end(session: BridgeSession, error?: JsonRpcErrorBody): void {
    this.#drop(session);
    const stop = session.end(error).finally(() => this.#stops.delete(stop));
    this.#stops.add(stop);
  }

  #onEnded(session: BridgeSession, reason: string): void {
    this.#processes -= 1;
    // A session that is still in the table was not ended by us: its server died.
    if (!this.#sessions.has(session.id)) return;
    this.#options.metrics.serversEnded.inc();
    this.#options.log.warn({ session: shortId(session), reason }, 'server.ended');
    session.endListening();
    this.#drop(session);
  }

  #drop(session: BridgeSession): void {
    if (!this.#sessions.delete(session.id)) return;
    this.#options.metrics.sessions.set(this.#sessions.size);
    this.#options.log.info({ session: shortId(session) }, 'session.closed');
  }

  #sweep(): void {
    for (const session of this.#sessions.values()) {
      if (session.idleMs >= this.#options.idleMsMax) this.#end(session);
    }
    this.#cancelSweep = this.#options.clock.schedule(sweepMs, () => this.#sweep());
  }
}

function hasResult(text: string): boolean {
  const answer: unknown = JSON.parse(text);
  return isRecord(answer) && answer['result'] !== undefined;
}

/** Enough to tell sessions apart in a log; the whole id would open the session. */
function shortId({ id }: BridgeSession): string {
  return id.slice(0, 8);
}
