import { z } from 'zod';

/** Tools that each MCP subject offers. A builder that works per request pays for all of them, so the number is fixed. */
export const toolCount = 20;

/** Input of every tool. Made once, at module scope: a schema made per request would slow the stock handler unfairly. */
export const toolInput = z.strictObject({ a: z.number(), b: z.number(), text: z.string().max(200).optional() });

/** Output of every tool. */
export const toolOutput = z.object({ sum: z.number() });

/** What every tool says of itself. */
export const toolTexts = { title: 'Add numbers', description: 'Add two numbers.' } as const;

/** The names of the tools, in order. */
export function toolNames(): readonly string[] {
  return Array.from({ length: toolCount }, (_, index) => `add_numbers_${index + 1}`);
}

/** The tool that the load calls. */
export const calledTool = 'add_numbers_8';

/** The arguments of each call. */
export const callArguments = { a: 1, b: 2, text: 'hello' } as const;

/** The answer to `callArguments`. */
export const callSum = 3;
