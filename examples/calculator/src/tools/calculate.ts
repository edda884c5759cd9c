import { z } from 'zod';
import { defineTool } from '../define-tool.ts';

const variablesMax = 50;
const variables = z
  .record(z.string(), z.number())
  .refine((values) => Object.keys(values).length <= variablesMax, `has more than ${variablesMax} entries`)
  .meta({ maxProperties: variablesMax, description: 'Numbers by name, such as {"rate": 0.03}.' });

/** Evaluates one arithmetic expression. */
export const tool = defineTool({
  name: 'calculate',
  title: 'Calculate',
  description: 'Evaluate an arithmetic expression.',
  permission: 'examples:read',
  toolset: 'all',
  effect: 'read',
  input: z.strictObject({
    expression: z.string().min(1).max(500).describe('Such as 100 * (1 + rate)^12. Angles are in radians.'),
    variables: variables.optional(),
    precision: z.int().min(1).max(15).default(12).describe('Significant digits of the result.'),
  }),
  output: z.object({ result: z.union([z.number(), z.boolean()]), type: z.enum(['integer', 'decimal', 'boolean']) }),
  text: ({ result }) => String(result),
  async run({ evaluate }, { expression, variables: values = {}, precision }) {
    const value = evaluate(expression, values);
    const result = typeof value === 'boolean' ? value : Number(value.toPrecision(precision));
    return { result, type: kindOf(result) };
  },
});

function kindOf(result: number | boolean): 'integer' | 'decimal' | 'boolean' {
  if (typeof result === 'boolean') return 'boolean';
  return Number.isInteger(result) ? 'integer' : 'decimal';
}
