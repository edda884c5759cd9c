import { afterAll, expect, test } from 'vitest';
import { expectedFailures, readBaseline } from './baseline.ts';
import { ruleOf, serverCells, type Cell } from './cells.ts';
import { judgeCell, type Row } from './judge-cell.ts';
import { openLanes } from './open-lanes.ts';
import { requiredScenarios } from './required-scenarios.ts';
import { runSuite } from './run-suite.ts';
import { keepTable } from './table.ts';

const lanes = openLanes();
const rows: Row[] = [];

afterAll(async () => {
  await lanes[Symbol.asyncDispose]();
  process.stdout.write(`${await keepTable(rows)}\n`);
});

const named = serverCells.map((cell) => ({ ...cell, rule: ruleOf(cell) }));

test.concurrent.for(named)('$rule: $lane of $revision on $backend passes what is required', async (cell) => {
  const { row, problems } = await runCell(cell, await lanes.urlOf(cell));
  rows.push(row);

  expect(problems).toEqual([]);
});

async function runCell({ lane, revision, backend }: Cell, target: string): Promise<ReturnType<typeof judgeCell>> {
  const cell = { lane, revision, backend };
  const excused = expectedFailures(await readBaseline(), cell);
  const result = await runSuite({ role: 'server', target, revision, expectedFailures: excused });
  return judgeCell({ cell, result, expectedFailures: excused, required: await requiredScenarios('server', revision) });
}
