import { systemClock } from '@fairlead/server-kit/runtime';
import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { createExpressionEvaluator } from '../adapters/expression-evaluator.ts';
import { tool } from './calculate.ts';

const harness = createToolHarness({ tools: [tool], deps: { evaluate: createExpressionEvaluator(systemClock) } });

function failure(code: string) {
  return { isError: true, _meta: { 'dev.fairlead/error': { code } } };
}

test('keeps its wire definition', async () => {
  await expect(expectToolSnapshot(harness.definition('calculate'), import.meta.url)).resolves.toBeUndefined();
});

test.for([
  [{ expression: '2^10 + 1' }, 1025, 'integer'],
  [{ expression: '1 / 3' }, 0.333333333333, 'decimal'],
  [{ expression: '1 / 3', precision: 3 }, 0.333, 'decimal'],
  [{ expression: '0.1 + 0.2' }, 0.3, 'decimal'],
  [{ expression: 'total / parts', variables: { total: 10, parts: 4 } }, 2.5, 'decimal'],
  [{ expression: '2 > 1' }, true, 'boolean'],
] as const)('%j gives %s', async ([input, result, type]) => {
  const answer = await harness.call('calculate', input);

  expect(answer.structuredContent).toEqual({ result, type });
  expect(answer.content).toEqual([{ type: 'text', text: String(result) }]);
});

test('says what would be understood when an expression is not', async () => {
  const answer = await harness.call('calculate', { expression: 'integrate(x)' });

  expect(answer).toMatchObject({
    ...failure('CALC_SYNTAX'),
    content: [{ text: expect.stringMatching(/x is neither|integrate is neither/) }],
  });
  expect(answer.content[0]).toMatchObject({ text: expect.stringContaining('sqrt') });
});

test('a result that is not finite is an error', async () => {
  expect(await harness.call('calculate', { expression: '1 / 0' })).toMatchObject(failure('CALC_NOT_FINITE'));
});

// 05 T-05: bounds refuse, at the edge and one over.
test.for([
  [{ expression: '' }, 'expression'],
  [{ expression: '1'.repeat(501) }, 'expression'],
  [{ expression: '1', precision: 0 }, 'precision'],
  [{ expression: '1', precision: 16 }, 'precision'],
  [{ expression: '1', precision: 1.5 }, 'precision'],
  [{ expression: '1', variables: { x: '2' } }, 'variables.x'],
  [
    { expression: '1', variables: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`v${index}`, 1])) },
    'variables',
  ],
  [{ expression: '1', scope: {} }, 'scope'],
  [{}, 'expression'],
] as const)('refuses %j and names the field', async ([input, field]) => {
  expect(await harness.call('calculate', input)).toMatchObject({
    ...failure('INPUT_INVALID'),
    content: [{ text: expect.stringContaining(field) }],
  });
});

test('takes the longest expression, fifty variables and fifteen digits', async () => {
  const variables = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`v${index}`, index]));
  const expression = `v49${'+v1'.repeat(165)}`.padEnd(500);

  const answer = await harness.call('calculate', { expression, variables, precision: 15 });

  expect(answer.structuredContent).toEqual({ result: 214, type: 'integer' });
});
