import type { z } from 'zod';

/** A question that waits for its reply, in a form that a transport can send. */
export interface OpenQuestion {
  readonly key: string;
  readonly message: string;
  readonly schema: z.ZodObject;
}

/** Thrown by `context.ask` to leave a tool until the client has answered. Not an error of anybody. */
export class InputNeeded extends Error {
  readonly question: OpenQuestion;
  /** Comes back with the reply; sealed, bound to caller, tool and arguments. */
  readonly state: string;

  constructor(question: OpenQuestion, state: string) {
    super(`the call waits for the reply to ${question.key}`);
    this.name = 'InputNeeded';
    this.question = question;
    this.state = state;
  }
}
