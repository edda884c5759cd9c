import { Refusal } from '../refusal.ts';
import type { PlanCost } from './plan-cost.ts';

/**
 * Refuses a statement that the planner finds too dear (06 S-29). Advice only: functions hide their cost, and the time
 * limit is the wall.
 *
 * @throws Refusal `SQL_TOO_EXPENSIVE`. A `costMax` of 0 refuses nothing.
 */
export function checkCost(cost: PlanCost, costMax: number): void {
  if (costMax === 0 || cost.total <= costMax) return;
  throw new Refusal(
    'SQL_TOO_EXPENSIVE',
    `The planner estimates a cost of ${Math.round(cost.total)}, above the limit of ${costMax}; most of it is in: ${cost.costliest}. Add a WHERE on an indexed column, join on keys, or aggregate less.`,
    { cost: cost.total, costMax, costliest: cost.costliest },
  );
}
