import type { ServerResponse } from 'node:http';
import type { Principal } from '@fairlead/contracts';
import type { JsonRpcId } from '../wire/json-rpc.ts';
import type { JsonObject } from '../wire/json-value.ts';
import type { ExtraHeaders, JsonAnswer } from '../wire/respond.ts';
import type { AnswerHead } from './exchange.ts';
import type { CallOutcome } from './read-answer.ts';
import type { AnswerRewriter } from './rewrite-uris.ts';
import type { CallClass, Upstream, UpstreamRequest } from './upstream.ts';
import type { UpstreamFailure } from './upstream-failure.ts';

/** Why no answer of the server can be passed on. */
export type RelayFailure =
  | { readonly kind: 'transport'; readonly failure: UpstreamFailure }
  /** The server answered something that is no answer; `reason` is for the log. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** The server refused with a status and no JSON-RPC error. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter: string | undefined };

/** How a relayed call ended, and what it weighed. */
export interface RelayEnd extends CallOutcome {
  /** Bytes of the answer's body that were sent to the client. */
  readonly bytes: number;
}

/** A request of a client, the call that it makes to a server, and what becomes of the answer. */
export interface ClientLeg {
  /** Who called: its streams end when its credential does. */
  readonly owner: Principal;
  readonly upstream: Upstream;
  readonly callClass: CallClass;
  readonly request: UpstreamRequest;
  /** Id of the request; undefined for a notification, an answer of the client, or a GET stream. */
  readonly id: JsonRpcId | undefined;
  readonly response: ServerResponse;
  /** Whether the client takes `text/event-stream`. Without it only the answer itself is sent, as JSON. */
  readonly acceptsStream: boolean;
  /** Whether the server's own requests to the client may pass: only inside a session. */
  readonly passesServerRequests: boolean;
  /** Whether calling twice does no harm. */
  readonly isRepeatable: boolean;
  /** Whether a notification is meant for the client; absent: each is. */
  readonly takesNotice?: ((message: JsonObject) => boolean) | undefined;
  /** Absent on routes that rename nothing. */
  readonly rewrite?: AnswerRewriter | undefined;
  /** Whether an answer that is too large to be held may pass unread by `rewrite`: when no URI of the server is renamed. */
  readonly passesLarge: boolean;
  /** For a session that the gateway keeps: the same request in a new session, when the server no longer knows the old one. */
  readonly renew?: (() => Promise<UpstreamRequest>) | undefined;
  /** Headers of the server's answer that the client gets, such as a session id. */
  readonly answerHeaders?: ((head: AnswerHead) => ExtraHeaders) | undefined;
  /** The answer that a failure gets. */
  readonly explain: (failure: RelayFailure) => JsonAnswer & { readonly code: string };
  /** Waits until the catalog has taken a change in, so that a client that lists after the notice sees it. */
  readonly beforeChangeNotice?: (() => Promise<void>) | undefined;
  /** Text of a last event for an endless stream that we end ourselves. */
  readonly farewell?: string | undefined;
  readonly onEnd: (end: RelayEnd) => void;
}
