import type { JsonObject } from '../../wire/json-value.ts';
import type { Crossing } from '../crossing.ts';
import { resultKind, toLegacyAnswer, type ResultKind } from './legacy-answer.ts';
import type { AnsweredCall } from './modern-answer.ts';

/** What a call of an older client to a modern server needs to cross. */
export interface ModernCrossingOptions {
  readonly call: AnsweredCall;
  /** The answer where the server gave none that an older client can take. */
  readonly refuse: (kind: Exclude<ResultKind, 'complete'>) => JsonObject;
}

/** Makes the crossing of a call of an older client to a modern server, which keeps no session and asks nothing in mid-call. */
export function createModernCrossing({ call, refuse }: ModernCrossingOptions): Crossing {
  return {
    sentId: call.id,
    answer(message) {
      const kind = resultKind(message);
      return kind === 'complete' ? toLegacyAnswer(message, call) : refuse(kind);
    },
    // Notices come only for what this request asked: its progress, and log levels that no older request names.
    notice: (message) => (message['method'] === 'notifications/progress' ? message : undefined),
    onRequest() {},
    // A closed connection says it all.
    cancel() {},
  };
}
