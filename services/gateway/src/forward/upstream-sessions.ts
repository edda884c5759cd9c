import type { Clock } from '@fairlead/server-kit/runtime';
import type { JsonObject } from '../wire/json-value.ts';
import type { GatewaySession } from '../identity/gateway-sessions.ts';
import { moreVerbose } from './bridge/log-level.ts';
import { callControl } from './call-control.ts';
import { openLegacySession, type ControlSession, type SendControl, type SessionHeaders } from './control-session.ts';
import type { Upstream } from './upstream.ts';

/** A session that nobody has used for this long is ended. */
const IDLE_MS_MAX = 5 * 60_000;
/** Most sessions of one caller at one server; beyond it the longest unused is ended. As many as a caller has calls at a time. */
const PER_CALLER_MAX = 64;
/** Longest wait for each answer of a handshake. */
const HANDSHAKE_MS_MAX = 5_000;

/** Whose session at which server. */
export interface SessionOwner {
  readonly upstream: Upstream;
  /** Key of the caller: no two callers share a session. */
  readonly caller: string;
  /** Headers by which the server knows who calls. */
  readonly credential: Readonly<Record<string, string>>;
  /** The gateway's own session that it belongs to; absent for callers without one, who share it among themselves. */
  readonly gatewaySession?: GatewaySession | undefined;
}

interface OpenSession {
  /** The server and the caller. */
  readonly group: string;
  readonly session: Promise<ControlSession>;
  /** Least level of log notices that the server sends; undefined until one was asked for. */
  logLevel: string | undefined;
  cancelIdle: () => void;
}

/**
 * Sessions at servers of the older era that take no call without one. A client that has none of its own there, modern or
 * on `/mcp`, is served in one that the gateway keeps per caller and server, opened by the first call.
 */
export class UpstreamSessions {
  readonly #clock: Clock;
  readonly #clientInfo: JsonObject;
  /** The longest unused first. */
  readonly #open = new Map<string, OpenSession>();
  /** Two servers may have had one name, before and after a change of the config. */
  readonly #numbers = new WeakMap<Upstream, number>();
  #lastNumber = 0;

  constructor(clock: Clock, clientInfo: JsonObject) {
    this.#clock = clock;
    this.#clientInfo = clientInfo;
  }

  /**
   * Headers of the owner's session, opened if there is none. With a level, the server sends log notices from it on.
   *
   * @throws DiscoveryFailure, ControlFailure when the server does not open one.
   */
  async obtain(owner: SessionOwner, logLevel?: string): Promise<SessionHeaders> {
    const key = this.#keyOf(owner);
    const known = this.#open.get(key) ?? this.#start(key, owner);
    this.#open.delete(key);
    this.#open.set(key, known);
    this.#restartIdle(key, known);
    const session = await known.session;
    const wanted = moreVerbose(known.logLevel, logLevel);
    if (wanted !== undefined && wanted !== known.logLevel) {
      known.logLevel = wanted;
      await session.request('logging/setLevel', { level: wanted });
    }
    return session.headers;
  }

  /** The server no longer knows the session: the next `obtain` opens another. */
  forget(owner: SessionOwner): void {
    const key = this.#keyOf(owner);
    this.#open.get(key)?.cancelIdle();
    this.#open.delete(key);
  }

  /** Ends what belongs to a session of the gateway's own that has ended. */
  async endOf(gatewaySessionId: string): Promise<void> {
    const keys = [...this.#open.keys()].filter((key) => key.endsWith(` ${gatewaySessionId}`));
    await Promise.all(keys.map((key) => this.#end(key)));
  }

  /** Ends all sessions. */
  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((key) => this.#end(key)));
  }

  /** What a client can be asked for is its own claim, so a caller could else open sessions at a server without end. */
  #makeRoom(group: string): void {
    const keys = [...this.#open].flatMap(([key, opened]) => (opened.group === group ? [key] : []));
    const [longestUnused] = keys;
    if (longestUnused !== undefined && keys.length >= PER_CALLER_MAX) void this.#end(longestUnused);
  }

  #start(key: string, owner: SessionOwner): OpenSession {
    const { upstream, credential, gatewaySession } = owner;
    const group = this.#groupOf(owner);
    this.#makeRoom(group);
    const send: SendControl = ({ method, headers, body }) =>
      callControl(upstream, { method, headers: { ...headers, ...credential }, body, firstByteMs: HANDSHAKE_MS_MAX });
    const opened: OpenSession = {
      group,
      session: openLegacySession(send, this.#clientInfo, gatewaySession?.capabilities),
      logLevel: undefined,
      cancelIdle() {},
    };
    this.#open.set(key, opened);
    // A handshake that failed is not kept; who waits for it hears of the failure.
    opened.session.catch(() => this.#open.delete(key));
    return opened;
  }

  #restartIdle(key: string, opened: OpenSession): void {
    opened.cancelIdle();
    opened.cancelIdle = this.#clock.schedule(IDLE_MS_MAX, () => void this.#end(key));
  }

  async #end(key: string): Promise<void> {
    const opened = this.#open.get(key);
    this.#open.delete(key);
    opened?.cancelIdle();
    // A server that is gone has no session left to end.
    await opened?.session.then((session) => session.close()).catch(() => undefined);
  }

  #keyOf(owner: SessionOwner): string {
    return `${this.#groupOf(owner)} ${owner.gatewaySession?.id ?? '-'}`;
  }

  #groupOf({ upstream, caller }: SessionOwner): string {
    const number = this.#numbers.get(upstream) ?? (this.#lastNumber += 1);
    this.#numbers.set(upstream, number);
    return `${number} ${caller}`;
  }
}
