import { isJsonObject, objectField, stringField, type JsonObject } from '../../wire/json-value.ts';
import type { Crossing, Question } from '../crossing.ts';
import type { UpstreamRequest } from '../upstream.ts';
import type { Asker } from './asker.ts';
import { resultKind, toLegacyAnswer, type ResultKind } from './legacy-answer.ts';
import { isAtLeast } from './log-level.ts';
import type { AnsweredCall } from './modern-answer.ts';

/** Most times that a server may ask before it answers. */
const ROUNDS_MAX = 10;

/** What goes along when a call is made again with what the client said. */
export interface ClientAnswers {
  readonly inputResponses: JsonObject;
  /** The server's own text, unchanged (03 M2); absent when it gave none. */
  readonly requestState?: string | undefined;
}

/** What a call of an older client to a modern server needs to cross. */
export interface ModernCrossingOptions {
  readonly call: AnsweredCall;
  /** Asks the client; absent when it has no session. */
  readonly asker: Asker | undefined;
  /** Least level of log notices that the client asked for; absent: none. */
  readonly logLevel: string | undefined;
  /** The same call with what the client said. */
  readonly again: (answers: ClientAnswers) => UpstreamRequest;
  /** The answer where the server gave none that an older client can take. */
  readonly refuse: (kind: Exclude<ResultKind, 'complete'>) => JsonObject;
}

/**
 * Makes the crossing of a call of an older client to a modern server. Such a server asks instead of an answer; the client
 * is asked on the stream of its call, and the call is made again with what it said (03 §3).
 */
export function createModernCrossing(options: ModernCrossingOptions): Crossing {
  const { call, asker, logLevel, refuse } = options;
  let rounds = 0;
  return {
    sentId: call.id,
    question(message) {
      if (resultKind(message) !== 'input_required' || rounds >= ROUNDS_MAX) return undefined;
      rounds += 1;
      return createQuestion(options, objectField(message, 'result'));
    },
    answer(message) {
      const kind = resultKind(message);
      return kind === 'complete' ? toLegacyAnswer(message, call) : refuse(kind);
    },
    statusOf: () => 200,
    notice: (message) => (isPassed(message, logLevel) ? message : undefined),
    // Such a server has no requests of its own.
    park: () => undefined,
    onRequest: () => undefined,
    // A closed connection says it all.
    cancel() {},
    close: () => asker?.close(),
  };
}

function isPassed(message: JsonObject, logLevel: string | undefined): boolean {
  if (message['method'] === 'notifications/progress') return true;
  return message['method'] === 'notifications/message' && isAtLeast(message, logLevel);
}

/** All that the server asks, side by side; undefined when the client cannot be asked one of it. */
function createQuestion({ asker, again }: ModernCrossingOptions, result: JsonObject | undefined): Question | undefined {
  const requests = Object.entries(objectField(result, 'inputRequests') ?? {});
  const requestState = stringField(result, 'requestState');
  if (asker === undefined) return undefined;
  const asked = requests.map(([key, request]) => {
    if (!isJsonObject(request) || !asker.canAsk(request['method'])) return undefined;
    const { promise, resolve } = Promise.withResolvers<JsonObject>();
    return {
      message: asker.question(request, resolve),
      response: promise.then((answer) => [key, toResponse(answer)] as const),
    };
  });
  const questions = asked.filter((one) => one !== undefined);
  if (questions.length < asked.length) return undefined;
  return {
    messages: questions.map(({ message }) => message),
    next: Promise.all(questions.map(({ response }) => response)).then((responses) =>
      again({ inputResponses: Object.fromEntries(responses), requestState }),
    ),
  };
}

/** @throws Error when the client refused to answer at all. */
function toResponse({ result, error }: JsonObject): JsonObject {
  if (isJsonObject(result)) return result;
  throw new Error(
    `the client did not answer: ${stringField(isJsonObject(error) ? error : undefined, 'message') ?? 'no result'}`,
  );
}
