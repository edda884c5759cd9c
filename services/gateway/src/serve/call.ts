import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '@fairlead/contracts';
import type { Span } from '@fairlead/server-kit/runtime';
import type { RouteView } from '../catalog/route-view.ts';
import type { ServerView, Snapshot } from '../catalog/snapshot.ts';
import type { LiveSession } from '../forward/live-sessions.ts';
import type { GatewaySession } from '../identity/gateway-sessions.ts';
import type { JsonRpcMessage, JsonRpcRequest } from '../wire/json-rpc.ts';
import type { Era } from '../wire/protocol.ts';
import type { Accepted } from './accept.ts';

/** One HTTP request at an MCP route, before anybody is known. */
export interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Name in the path of a per-server route; undefined on `/mcp`. */
  readonly serverName: string | undefined;
  readonly address: string;
  readonly startedMs: number;
}

/** An arrival with its caller, the snapshot that it keeps to its end, and the route as the caller may use it. */
export interface Visit extends Arrival {
  readonly principal: Principal;
  readonly snapshot: Snapshot;
  readonly route: RouteView;
  /** The server of a per-server route. */
  readonly server: ServerView | undefined;
  /** The server's own session id, opened from the sealed one; undefined outside a session. */
  readonly sessionId: string | undefined;
  /** The session with the gateway itself; undefined outside one. */
  readonly session: OwnSession | undefined;
}

/** A session that no server keeps, and what of it is alive here. */
export interface OwnSession {
  readonly facts: GatewaySession;
  readonly live: LiveSession;
}

/** One decoded message of a visit. */
export interface Call extends Visit {
  readonly message: JsonRpcMessage;
  readonly era: Era;
  readonly accepts: Accepted;
  readonly span: Span;
}

/** A call that expects an answer. */
export interface RequestCall extends Call {
  readonly message: JsonRpcRequest;
}
