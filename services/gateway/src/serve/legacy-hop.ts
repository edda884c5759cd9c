import { principalKey } from '@fairlead/server-kit/identity';
import { formatTraceparent } from '@fairlead/server-kit/runtime';
import { openingServerInfo } from '../catalog/opening-facts.ts';
import type { CallDeps } from '../deps.ts';
import { askableCapabilities, canBeAsked } from '../forward/bridge/askable.ts';
import { Asker } from '../forward/bridge/asker.ts';
import { createLegacyCrossing } from '../forward/bridge/legacy-crossing.ts';
import { toLegacyParams } from '../forward/bridge/legacy-params.ts';
import type { AnsweredCall } from '../forward/bridge/modern-answer.ts';
import { callControl } from '../forward/call-control.ts';
import type { SessionHeaders } from '../forward/control-session.ts';
import type { Crossing, ParkedCall } from '../forward/crossing.ts';
import { HOLD_MS_MAX } from '../forward/held-calls.ts';
import type { UpstreamRequest } from '../forward/upstream.ts';
import type { GatewaySession } from '../identity/gateway-sessions.ts';
import { objectField, stringField, type JsonObject } from '../wire/json-value.ts';
import { protocolMeta } from '../wire/protocol.ts';
import type { RequestCall } from './call.ts';
import type { Departure } from './departure.ts';
import { heldCallBinding } from './held-call-binding.ts';
import { hopHeaders } from './hop-headers.ts';
import { withTrace } from './with-trace.ts';

/** Longest wait until a server has taken something that is said beside a call. */
const SAY_MS_MAX = 5_000;

/** One call in the conversation with its server; the conversation may have to be opened anew. */
export class LegacyHop {
  readonly #deps: CallDeps;
  readonly #call: RequestCall;
  readonly #departure: Departure;
  readonly #logLevel: string | undefined;
  readonly #capabilities: JsonObject;
  readonly #sentId: number;
  #session: SessionHeaders = {};

  constructor(deps: CallDeps, call: RequestCall, departure: Departure) {
    this.#deps = deps;
    this.#call = call;
    this.#departure = departure;
    this.#logLevel = askedLogLevel(call, departure.outgoing.server.listing?.capabilities);
    this.#capabilities = capabilitiesOf(call);
    this.#sentId = deps.nextCallId();
  }

  /** The crossing for the request that began the call, or for one by which its client came back. */
  crossingFor(call: AnsweredCall): Crossing {
    const { outgoing, backend } = this.#departure;
    const { era, session } = this.#call;
    return createLegacyCrossing({
      call,
      clientEra: era,
      sentId: this.#sentId,
      serverInfo: openingServerInfo(outgoing.server.listing?.opening),
      logLevel: this.#logLevel,
      asker: session === undefined ? undefined : new Asker(session.live, this.#capabilities),
      hold: era === 'modern' ? (question, parked) => this.#hold(question, parked) : undefined,
      say: (said) => this.say(said),
      onListChange: () => void backend.followChange(),
    });
  }

  /** @throws DiscoveryFailure, ControlFailure when the server opens no session. */
  async open(): Promise<UpstreamRequest> {
    const { listing } = this.#departure.outgoing.server;
    this.#session =
      listing?.keepsSessions === true
        ? await this.#deps.upstreamSessions.obtain(this.#owner(), this.#logLevel)
        : versionHeader(listing?.opening);
    return this.#request();
  }

  reopen(): Promise<UpstreamRequest> {
    this.#deps.upstreamSessions.forget(this.#owner());
    return this.open();
  }

  #owner() {
    const { upstream } = this.#departure.backend;
    const { principal, session } = this.#call;
    return {
      upstream,
      caller: principalKey(principal),
      credential: this.#credential(),
      gatewaySession: session?.facts ?? sharedSession(this.#capabilities),
    };
  }

  #credential(): Readonly<Record<string, string>> {
    const { snapshot, principal } = this.#call;
    return this.#deps.credential(snapshot, this.#departure.outgoing.server, principal);
  }

  #request(): UpstreamRequest {
    const { request, message, span, era } = this.#call;
    const { params } = this.#departure.outgoing;
    const traceparent = formatTraceparent(span);
    const sent = era === 'modern' ? toLegacyParams(params) : params;
    const body = {
      jsonrpc: '2.0',
      id: this.#sentId,
      method: message.method,
      ...(sent === undefined ? {} : { params: withTrace(sent, traceparent) }),
    };
    return {
      method: 'POST',
      headers: { ...hopHeaders({ request, traceparent, credential: this.#credential() }), ...this.#session },
      body: JSON.stringify(body),
    };
  }

  #hold(question: JsonObject, parked: ParkedCall): string | undefined {
    if (!canBeAsked(this.#capabilities, question['method'])) return undefined;
    const key = this.#deps.heldCalls.hold(principalKey(this.#call.principal), {
      parked,
      questionId: question['id'],
      crossingFor: (call) => this.crossingFor(call),
      say: (message) => this.say(message),
      drop: () => parked.drop(),
    });
    if (key === undefined) return undefined;
    return this.#deps.requestStates.seal(key, heldCallBinding(this.#call, this.#departure), HOLD_MS_MAX / 1_000);
  }

  /** Says something to the server beside the call. */
  say(message: JsonObject): void {
    const { request, span } = this.#call;
    const headers = hopHeaders({ request, traceparent: formatTraceparent(span), credential: this.#credential() });
    callControl(this.#departure.backend.upstream, {
      method: 'POST',
      headers: { ...headers, ...this.#session },
      body: JSON.stringify(message),
      firstByteMs: SAY_MS_MAX,
    }).catch((error: unknown) => {
      // The server is gone, and with it what was to be told.
      this.#deps.log.debug({ err: error, server: this.#departure.outgoing.server.name }, 'bridge.not_told');
    });
  }
}

/** The level that a modern request names or an older session has set, if the server sends log notices at all. */
function askedLogLevel(
  { era, message, session }: RequestCall,
  capabilities: JsonObject | undefined,
): string | undefined {
  if (capabilities === undefined || !('logging' in capabilities)) return undefined;
  if (era === 'legacy') return session?.live.logLevel;
  return stringField(objectField(message.params, '_meta'), protocolMeta.logLevel);
}

function versionHeader(opening: JsonObject | undefined): SessionHeaders {
  const version = stringField(opening, 'protocolVersion');
  return version === undefined ? {} : { 'mcp-protocol-version': version };
}

/** What the client can be asked for: in a session as it said at its begin, else as the request says. */
function capabilitiesOf({ session, era, message }: RequestCall): JsonObject {
  if (session !== undefined) return session.facts.capabilities;
  if (era === 'legacy') return {};
  return askableCapabilities(objectField(objectField(message.params, '_meta'), protocolMeta.clientCapabilities));
}

/** Calls of one caller share a session with those that can be asked the same: the server learns it once, at the begin. */
function sharedSession(capabilities: JsonObject): GatewaySession | undefined {
  const text = JSON.stringify(capabilities);
  return text === '{}' ? undefined : { id: text, capabilities };
}
