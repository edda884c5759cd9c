import type { z } from 'zod';

/** What a tool asks the person at the client in mid-call. */
export interface Question<Answer extends z.ZodObject> {
  /** One sentence that says what is asked and why. */
  readonly message: string;
  /** A flat object of texts, numbers, booleans and choices: what a form can show (specification, elicitation). */
  readonly schema: Answer;
}

/** What the person did with a question. */
export type Reply<Answer extends z.ZodObject> =
  | { readonly action: 'accept'; readonly answer: z.output<Answer> }
  | { readonly action: 'decline' | 'cancel' };
