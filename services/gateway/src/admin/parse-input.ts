import { InvalidInput } from '@fairlead/server-kit/runtime';
import type { z } from 'zod';

/**
 * Checks a body or a query by its schema.
 *
 * @throws InvalidInput that names the field and the rule.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue === undefined || issue.path.length === 0 ? 'the body' : issue.path.join('.');
  throw new InvalidInput('INPUT_INVALID', { publicMessage: `${path}: ${issue?.message ?? 'is wrong'}.` });
}
