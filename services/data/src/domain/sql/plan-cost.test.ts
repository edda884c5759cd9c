import { expect, test } from 'vitest';
import { checkCost } from './check-cost.ts';
import { readPlanCost } from './plan-cost.ts';

const plan = (relation: string) => [
  {
    Plan: {
      'Node Type': 'Aggregate',
      'Total Cost': 110,
      Plans: [
        { 'Node Type': 'Seq Scan', 'Relation Name': relation, 'Total Cost': 90 },
        { 'Node Type': 'Index Scan', 'Relation Name': 'small', 'Total Cost': 10 },
      ],
    },
  },
];

test('finds the node that costs most by itself, not with what lies under it', () => {
  expect(readPlanCost(plan('events'), new Set(['events']))).toEqual({ total: 110, costliest: 'Seq Scan on events' });
});

test('does not name a relation that the statement does not name: it lies behind a view', () => {
  expect(readPlanCost(plan('salaries'), new Set(['a_view'])).costliest).toBe('Seq Scan');
});

test('refuses a cost above the cap and says where it is; a cap of 0 refuses nothing', () => {
  const cost = { total: 110, costliest: 'Seq Scan on events' };

  expect(() => checkCost(cost, 109)).toThrow(/cost of 110, above the limit of 109.*Seq Scan on events/);
  expect(() => checkCost(cost, 110)).not.toThrow();
  expect(() => checkCost(cost, 0)).not.toThrow();
});
