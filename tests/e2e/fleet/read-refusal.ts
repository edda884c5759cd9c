import { problem } from '@fairlead/contracts';
import type { RawAnswer } from '@fairlead/testkit/clients';
import { z } from 'zod';

/** What a refusal says, whichever form it came in: a problem document, a JSON-RPC error, or a tool's error result. */
export interface Refusal {
  readonly status: number;
  /** Code of the JSON-RPC error; absent in the other two forms. */
  readonly rpcCode?: number;
  /** Our own code. */
  readonly code: string;
  /** What the caller reads: what is wrong, and what to do. */
  readonly text: string;
}

const rpcError = z.looseObject({ code: z.number(), message: z.string(), data: z.looseObject({ code: z.string() }) });
const toolError = z.looseObject({
  isError: z.literal(true),
  content: z.array(z.looseObject({ text: z.string() })),
  _meta: z.looseObject({ 'dev.fairlead/error': z.looseObject({ code: z.string() }) }),
});

/**
 * Reads the refusal in an answer.
 *
 * @throws ZodError or SyntaxError when the answer is no refusal.
 */
export function readRefusal({ status, messages, text }: RawAnswer): Refusal {
  const message = messages.at(-1);
  if (message?.error !== undefined) {
    const error = rpcError.parse(message.error);
    return { status, rpcCode: error.code, code: error.data.code, text: error.message };
  }
  if (message?.result !== undefined) {
    const result = toolError.parse(message.result);
    const code = result._meta['dev.fairlead/error'].code;
    return { status, code, text: result.content.map((block) => block.text).join('\n') };
  }
  const document = problem.parse(JSON.parse(text));
  return { status, code: document.code, text: document.detail ?? '' };
}
