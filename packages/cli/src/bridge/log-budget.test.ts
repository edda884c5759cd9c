import { createFakeClock } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { LogBudget } from './log-budget.ts';

test('lets a number of lines a second pass, and tells afterwards how many were dropped', async () => {
  const clock = createFakeClock();
  const dropped: number[] = [];
  const budget = new LogBudget(clock, 2, (lines) => dropped.push(lines));

  const first = [budget.take(), budget.take(), budget.take(), budget.take()];
  await clock.advance(1_000);
  const second = [budget.take(), budget.take()];

  expect([first, second]).toEqual([
    [true, true, false, false],
    [true, true],
  ]);
  expect(dropped).toEqual([2]);
});
