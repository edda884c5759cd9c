import { randomUUID } from 'node:crypto';
import { principalKey } from '@fairlead/server-kit/identity';
import type { Principal } from '@fairlead/contracts';
import type { Clock, Sealer } from '@fairlead/server-kit/runtime';
import { askableCapabilities } from '../forward/bridge/askable.ts';
import { isJsonObject, objectField, type JsonObject } from '../wire/json-value.ts';
import { EndedIds } from './ended-ids.ts';
import { SESSION_TTL_SECONDS } from './sealed-session.ts';

/** A session of an older client with the gateway itself. All that it is lies sealed in its id. */
export interface GatewaySession {
  readonly id: string;
  readonly capabilities: JsonObject;
}

/**
 * Sessions of older clients where no server keeps one: on `/mcp`, and on the route of a modern server. The id that a
 * client gets holds the session, sealed for the caller and the route, so any replica serves it (03 G2, 04 G-65).
 */
export class GatewaySessions {
  readonly #sealer: Sealer;
  readonly #ended: EndedIds;

  constructor(sealer: Sealer, clock: Clock) {
    this.#sealer = sealer;
    this.#ended = new EndedIds(clock, SESSION_TTL_SECONDS * 1_000);
  }

  /** Begins a session. Answers its id as the client gets it. */
  begin(capabilities: JsonObject | undefined, route: string | undefined, principal: Principal): string {
    const session: GatewaySession = { id: randomUUID(), capabilities: askableCapabilities(capabilities) };
    return this.#sealer.seal(JSON.stringify(session), boundTo(route, principal), SESSION_TTL_SECONDS);
  }

  /** The session of an id; undefined for one that is foreign, altered, expired or ended. */
  open(sealed: string, route: string | undefined, principal: Principal): GatewaySession | undefined {
    const text = this.#sealer.open(sealed, boundTo(route, principal));
    if (text === undefined) return undefined;
    const session: unknown = JSON.parse(text);
    if (!isJsonObject(session) || typeof session['id'] !== 'string' || this.#ended.has(session['id'])) return undefined;
    return { id: session['id'], capabilities: objectField(session, 'capabilities') ?? {} };
  }

  end({ id }: GatewaySession): void {
    this.#ended.add(id);
  }
}

function boundTo(route: string | undefined, principal: Principal): string {
  return JSON.stringify(['gateway session', route ?? null, principalKey(principal)]);
}
