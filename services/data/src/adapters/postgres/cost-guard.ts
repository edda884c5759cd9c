import { hash } from 'node:crypto';
import type { Clock } from '@fairlead/server-kit/runtime';
import { DatabaseError, type PoolClient } from 'pg';
import Cursor from 'pg-cursor';
import { z } from 'zod';
import { LruCache } from '../../domain/lru-cache.ts';
import { checkCost } from '../../domain/sql/check-cost.ts';
import { costPrefix, costStatement } from '../../domain/sql/cost-statement.ts';
import { readPlanCost, type PlanCost } from '../../domain/sql/plan-cost.ts';
import type { ReadStatement } from '../../domain/sql/row-page.ts';

const costsMax = 2_000;
/** Estimates are good for a minute (05 T-21): the planner's statistics change slowly. */
const costKeptMs = 60_000;

/** Refuses statements that the planner finds too dear. */
export interface CostGuard {
  /** @throws Refusal `SQL_TOO_EXPENSIVE`; DatabaseError when the statement cannot be planned. */
  check(client: PoolClient, statement: ReadStatement): Promise<void>;
}

interface KnownCost {
  readonly cost: PlanCost;
  readonly untilMs: number;
}

const explainRow = z.tuple([z.tuple([z.unknown()])]);

/** Makes the cost guard of one database. A `costMax` of 0 switches it off. */
export function createCostGuard({ costMax, clock }: { readonly costMax: number; readonly clock: Clock }): CostGuard {
  const costs = new LruCache<string, KnownCost>(costsMax);
  return {
    async check(client, statement) {
      if (costMax === 0 || statement.verdict.kind !== 'select') return;
      const key = hash('sha256', JSON.stringify([statement.sql, statement.params]), 'base64url');
      const known = costs.get(key);
      const cost =
        known !== undefined && clock.monotonicMs() < known.untilMs ? known.cost : await askCost(client, statement);
      if (known?.cost !== cost) costs.set(key, { cost, untilMs: clock.monotonicMs() + costKeptMs });
      checkCost(cost, costMax);
    },
  };
}

async function askCost(client: PoolClient, { sql, params, verdict }: ReadStatement): Promise<PlanCost> {
  try {
    // A cursor, for the extended protocol also without values (06 S-21).
    const cursor = client.query(new Cursor<unknown[]>(costStatement(sql), [...params], { rowMode: 'array' }));
    const [[plan]] = explainRow.parse(await cursor.read(1));
    await cursor.close();
    return readPlanCost(plan, verdict.relations);
  } catch (error) {
    throw withoutPrefix(error);
  }
}

/** Positions in errors count from the start of our EXPLAIN; the caller counts from the start of the statement. */
function withoutPrefix(error: unknown): unknown {
  if (error instanceof DatabaseError && error.position !== undefined) {
    error.position = String(Number(error.position) - costPrefix.length);
  }
  return error;
}
