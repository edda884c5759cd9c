import { principalKey } from '@fairlead/server-kit/identity';
import type { Principal } from '@fairlead/contracts';
import type { Clock, Sealer } from '@fairlead/server-kit/runtime';
import { EndedIds } from './ended-ids.ts';

/** How long a sealed session id opens (03 G1). The server's own session may end before. */
export const SESSION_TTL_SECONDS = 24 * 60 * 60;

/**
 * Session ids as clients get them on `/servers/<name>/mcp`: the server's own id, sealed for the caller and the server. Any
 * replica opens one, nothing is kept for a live one, and another caller's or another server's is unknown (04 G-65, 06 N05).
 */
export class SealedSessions {
  readonly #sealer: Sealer;
  readonly #ended: EndedIds;

  constructor(sealer: Sealer, clock: Clock) {
    this.#sealer = sealer;
    this.#ended = new EndedIds(clock, SESSION_TTL_SECONDS * 1_000);
  }

  seal(upstreamId: string, server: string, principal: Principal): string {
    return this.#sealer.seal(upstreamId, boundTo(server, principal), SESSION_TTL_SECONDS);
  }

  /** The server's own session id; undefined for one that is foreign, altered, expired or ended. */
  open(sessionId: string, server: string, principal: Principal): string | undefined {
    const upstreamId = this.#sealer.open(sessionId, boundTo(server, principal));
    return upstreamId === undefined || this.#ended.has(upstreamId) ? undefined : upstreamId;
  }

  /** The client or the server ended the session: what the gateway answers itself must not outlive it. */
  end(upstreamId: string): void {
    this.#ended.add(upstreamId);
  }
}

function boundTo(server: string, principal: Principal): string {
  return JSON.stringify(['session', server, principalKey(principal)]);
}
