import { z } from 'zod';
import { callSum } from '../subjects/benchmark-tool.ts';
import type { CallKind } from './load-order.ts';

/** An answer, and the request that it belongs to. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly sent: { readonly id: number; readonly body: string };
}

const rightAnswer = z.looseObject({
  id: z.number(),
  result: z.looseObject({
    isError: z.literal(false).optional(),
    structuredContent: z.looseObject({ sum: z.literal(callSum) }),
  }),
});

const shownCharactersMax = 500;

/**
 * Checks that an answer holds the result of its own request. A subject that answers fast and wrong is not measured.
 *
 * @throws Error with the answer's status and beginning.
 */
export function checkAnswer(kind: CallKind, answer: Answer): void {
  const isRight = kind === 'echo' ? answer.text === answer.sent.body : isResultOf(answer);
  if (answer.status === 200 && isRight) return;
  throw new Error(`wrong answer (status ${answer.status}): ${answer.text.slice(0, shownCharactersMax)}`);
}

function isResultOf({ text, sent }: Answer): boolean {
  const parsed = rightAnswer.safeParse(JSON.parse(messageText(text)));
  return parsed.success && parsed.data.id === sent.id;
}

/** The message of an answer: the whole body, or the data of the one event when it came as an event stream. */
function messageText(text: string): string {
  if (text.startsWith('{')) return text;
  const line = text.split('\n').find((candidate) => candidate.startsWith('data:'));
  return line === undefined ? 'null' : line.slice('data:'.length);
}
