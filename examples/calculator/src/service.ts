import { defineService } from '@fairlead/server-kit';
import { createExpressionEvaluator } from './adapters/expression-evaluator.ts';
import { config } from './config.ts';
import type { CalculatorDeps } from './deps.ts';
import { errorCodes } from './error-codes.ts';

/** A server of one tool. It touches nothing outside its process. */
export const service = defineService<CalculatorDeps, typeof config>({
  name: 'calculator',
  title: 'Calculator',
  instructions:
    'Evaluates arithmetic exactly as written. Use calculate for every number that is not in a text already.',
  packageFolder: new URL('../', import.meta.url),
  ports: { mcp: 7101, ops: 7201 },
  config,
  errorCodes,
  defaultToolsets: ['all'],
  tools: new URL('./tools/', import.meta.url),
  async setup({ clock }) {
    return { deps: { evaluate: createExpressionEvaluator(clock) } };
  },
});
