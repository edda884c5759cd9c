import type { CallDeps } from '../deps.ts';
import { QUESTION_KEY } from '../forward/bridge/legacy-crossing.ts';
import { objectField, type JsonObject } from '../wire/json-value.ts';
import { answerBadParams } from './answer-unknown.ts';
import { answerFailure } from './answer-unsent.ts';
import { answeredCall } from './answered-call.ts';
import type { RequestCall } from './call.ts';
import type { Departure } from './departure.ts';
import { callLost } from './explain-failure.ts';
import { heldCallBinding } from './held-call-binding.ts';
import { toRelayTask } from './to-relay-task.ts';

/** A modern client came back with its answer: the call that waits at the server goes on (03 §3). It never runs twice. */
export function resumeHeldCall(
  deps: CallDeps,
  call: RequestCall,
  { departure, state }: { readonly departure: Departure; readonly state: string },
): void {
  const key = deps.requestStates.open(state, heldCallBinding(call, departure));
  const held = key === undefined ? undefined : deps.heldCalls.take(key);
  if (held === undefined) {
    departure.release();
    if (key === undefined) return answerBadParams(deps, call, 'requestState is not of this call, or too old');
    return answerFailure(deps, call, { outgoing: departure.outgoing, failure: callLost });
  }
  const answers = objectField(call.message.params, 'inputResponses');
  const leg = { ...toRelayTask(deps, call, { ...departure, request: NOTHING_TO_SEND }), passesLarge: false };
  held.parked.attach(leg, held.crossingFor(answeredCall(call)));
  held.say({ jsonrpc: '2.0', id: held.questionId, ...toReply(answers) });
}

/** The request is at the server already, and an answer has begun: it is never sent again. */
const NOTHING_TO_SEND = { method: 'POST', headers: {}, body: null } as const;

function toReply(answers: JsonObject | undefined): JsonObject {
  const result = objectField(answers, QUESTION_KEY);
  return result === undefined ? { error: { code: INTERNAL_ERROR, message: 'The client gave no answer.' } } : { result };
}

const INTERNAL_ERROR = -32_603;
