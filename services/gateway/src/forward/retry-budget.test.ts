import { expect, test } from 'vitest';
import { RetryBudget } from './retry-budget.ts';

test('04 G-75: at most a tenth of the calls are retries, after ten that are saved up', () => {
  const budget = new RetryBudget();
  let retries = 0;
  for (let call = 0; call < 1_000; call += 1) {
    budget.earn();
    if (budget.spend()) retries += 1;
  }

  expect(retries).toBeLessThanOrEqual(110);
  expect(retries).toBeGreaterThan(90);
  expect(budget.spent).toBe(retries);
});
