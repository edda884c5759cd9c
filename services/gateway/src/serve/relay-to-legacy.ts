import type { CallDeps } from '../deps.ts';
import { relay } from '../forward/relay.ts';
import { stringField } from '../wire/json-value.ts';
import { answerFailure } from './answer-unsent.ts';
import type { RequestCall } from './call.ts';
import type { Departure } from './departure.ts';
import { openFailure } from './explain-failure.ts';
import { answeredCall } from './answered-call.ts';
import { LegacyHop } from './legacy-hop.ts';
import { resumeHeldCall } from './resume-held-call.ts';
import { toRelayTask } from './to-relay-task.ts';
import { trackCall } from './track-call.ts';

/** Passes a call to a server of the older era, in a session that the gateway keeps where the server wants one. */
export function relayToLegacy(deps: CallDeps, call: RequestCall, departure: Departure): void {
  const state = call.era === 'modern' ? stringField(call.message.params, 'requestState') : undefined;
  if (state !== undefined) return resumeHeldCall(deps, call, { departure, state });
  const hop = new LegacyHop(deps, call, departure);
  const tracked = trackCall(call);
  hop.open().then(
    (request) =>
      tracked.started(
        relay(
          {
            ...tracked.task(toRelayTask(deps, call, { ...departure, request })),
            crossing: hop.crossingFor(answeredCall(call)),
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
