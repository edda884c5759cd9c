import { principalKey } from '@fairlead/server-kit/identity';
import { formatTraceparent } from '@fairlead/server-kit/runtime';
import type { CallDeps } from '../deps.ts';
import { Asker } from '../forward/bridge/asker.ts';
import { createLegacyCrossing } from '../forward/bridge/legacy-crossing.ts';
import { toLegacyParams } from '../forward/bridge/legacy-params.ts';
import { callControl } from '../forward/call-control.ts';
import type { SessionHeaders } from '../forward/control-session.ts';
import type { Crossing } from '../forward/crossing.ts';
import { relay } from '../forward/relay.ts';
import type { UpstreamRequest } from '../forward/upstream.ts';
import { openingServerInfo } from '../catalog/opening-facts.ts';
import { objectField, stringField, type JsonObject } from '../wire/json-value.ts';
import { protocolMeta } from '../wire/protocol.ts';
import { answerFailure } from './answer-unsent.ts';
import type { RequestCall } from './call.ts';
import type { Departure } from './departure.ts';
import { openFailure } from './explain-failure.ts';
import { hopHeaders } from './hop-headers.ts';
import { trackCall } from './track-call.ts';
import { toRelayTask } from './to-relay-task.ts';
import { withTrace } from './with-trace.ts';

/** Longest wait until a server has taken something that is said beside a call. */
const SAY_MS_MAX = 5_000;

/** Passes a call to a server of the older era, in a session that the gateway keeps where the server wants one. */
export function relayToLegacy(deps: CallDeps, call: RequestCall, departure: Departure): void {
  const hop = new LegacyHop(deps, call, departure);
  const tracked = trackCall(call);
  hop.open().then(
    (request) =>
      tracked.started(
        relay(
          {
            ...tracked.task(toRelayTask(deps, call, { ...departure, request })),
            crossing: hop.crossing,
            passesLarge: false,
            renew: () => hop.reopen(),
          },
          deps.relay,
        ),
      ),
    (error: unknown) => {
      deps.log.debug({ err: error, server: departure.outgoing.server.name }, 'session.not_opened');
      tracked.ended();
      departure.release();
      departure.backend.noteFailure();
      answerFailure(deps, call, { outgoing: departure.outgoing, failure: openFailure(departure.outgoing.server) });
    },
  );
}

/** One call in the conversation with its server; the conversation may have to be opened anew. */
class LegacyHop {
  readonly crossing: Crossing;
  readonly #deps: CallDeps;
  readonly #call: RequestCall;
  readonly #departure: Departure;
  readonly #logLevel: string | undefined;
  #session: SessionHeaders = {};

  constructor(deps: CallDeps, call: RequestCall, departure: Departure) {
    const { outgoing, backend } = departure;
    const { server } = outgoing;
    this.#deps = deps;
    this.#call = call;
    this.#departure = departure;
    this.#logLevel = askedLogLevel(call, server.listing?.capabilities);
    this.crossing = createLegacyCrossing({
      call: { id: call.message.id, method: call.message.method },
      clientEra: call.era,
      sentId: deps.nextCallId(),
      serverInfo: openingServerInfo(server.listing?.opening),
      logLevel: this.#logLevel,
      asker: call.session === undefined ? undefined : new Asker(call.session.live, call.session.facts.capabilities),
      say: (message) => this.#say(message),
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
      gatewaySession: session?.facts,
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
      id: this.crossing.sentId,
      method: message.method,
      ...(sent === undefined ? {} : { params: withTrace(sent, traceparent) }),
    };
    return {
      method: 'POST',
      headers: { ...hopHeaders({ request, traceparent, credential: this.#credential() }), ...this.#session },
      body: JSON.stringify(body),
    };
  }

  #say(message: JsonObject): void {
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
