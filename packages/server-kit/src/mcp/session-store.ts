import { randomBytes } from 'node:crypto';
import {
  WebStandardStreamableHTTPServerTransport,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Principal } from '@fairlead/contracts';
import { principalKey } from '../identity/principal-key.ts';
import { createEventStore } from './event-store.ts';
import { notifyClient } from './notify-client.ts';
import { createSdkServer, type RequestBinding } from './sdk-server.ts';
import type { ChangeEvent } from './listen-hub.ts';
import type { LegOptions } from './shared-leg.ts';

const IDLE_MS_MAX = 30 * 60_000;
const SWEEP_MS = 60_000;
const COUNT_MAX = 1_000;

/** One legacy session: the SDK's object and transport of one client, bound to one caller. */
export interface Session {
  readonly id: string;
  readonly owner: string;
  readonly server: McpServer;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly subscriptions: ReadonlySet<string>;
  lastUsedMs: number;
}

/**
 * Legacy sessions. Made only by `initialize`, bound to their caller, dropped after 30 minutes without use (03 P-12). The
 * SDK's object and transport hold the state that the 2025 revisions give a session: client capabilities, open streams,
 * replay of missed events.
 */
export class SessionStore {
  readonly #sessions = new Map<string, Session>();
  readonly #options: LegOptions;
  readonly #onCount: (count: number) => void;
  #cancelSweep: () => void;

  constructor(options: LegOptions, onCount: (count: number) => void) {
    this.#options = options;
    this.#onCount = onCount;
    this.#cancelSweep = options.clock.schedule(SWEEP_MS, () => this.#sweep());
  }

  get size(): number {
    return this.#sessions.size;
  }

  get isFull(): boolean {
    return this.#sessions.size >= COUNT_MAX;
  }

  /** Builds the session that an `initialize` asks for. It is kept once the SDK has accepted the handshake. */
  async create(principal: Principal): Promise<Session> {
    const id = randomBytes(16).toString('hex');
    const subscriptions = new Set<string>();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      eventStore: createEventStore(),
      onsessioninitialized: () => this.#keep(session),
    });
    const server = createSdkServer({ ...this.#options, era: 'legacy', subscriptions, bind: bindingOf });
    const session: Session = {
      id,
      owner: principalKey(principal),
      server,
      transport,
      subscriptions,
      lastUsedMs: this.#options.clock.monotonicMs(),
    };
    server.server.onclose = () => this.#drop(id);
    await server.connect(transport);
    return session;
  }

  /** A caller's own session; `undefined` for unknown, ended and foreign ones alike. */
  find(id: string, principal: Principal): Session | undefined {
    const session = this.#sessions.get(id);
    if (session === undefined || session.owner !== principalKey(principal)) return undefined;
    session.lastUsedMs = this.#options.clock.monotonicMs();
    return session;
  }

  /** Tells every session that can hear it. */
  publish(event: ChangeEvent): void {
    for (const session of this.#sessions.values()) void notifyClient(session, event).catch(() => undefined);
  }

  async closeAll(): Promise<void> {
    this.#cancelSweep();
    await Promise.all([...this.#sessions.values()].map((session) => session.server.close()));
    this.#sessions.clear();
  }

  #keep(session: Session): void {
    this.#sessions.set(session.id, session);
    this.#onCount(this.#sessions.size);
  }

  #drop(id: string): void {
    this.#sessions.delete(id);
    this.#onCount(this.#sessions.size);
  }

  #sweep(): void {
    const oldest = this.#options.clock.monotonicMs() - IDLE_MS_MAX;
    for (const session of this.#sessions.values()) {
      if (session.lastUsedMs < oldest) void session.server.close().catch(() => undefined);
    }
    this.#cancelSweep = this.#options.clock.schedule(SWEEP_MS, () => this.#sweep());
  }
}

/** The binding travels through the SDK in its auth info, the one field of a request that the SDK passes on untouched. */
function bindingOf(context: ServerContext): RequestBinding {
  const binding = context.http?.authInfo?.extra?.['binding'];
  // The one narrowing of this module: the endpoint put it there in the same process.
  if (binding === undefined) throw new Error('a session request arrived without its caller');
  return binding as RequestBinding;
}
