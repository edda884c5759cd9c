import { afterAll, expect, test } from 'vitest';
import { clientCells, ruleOf, serverCells } from './cells.ts';
import type { Row } from './judge-cell.ts';
import { openLanes } from './open-lanes.ts';
import { runCell } from './run-cell.ts';
import { keepTable } from './table.ts';

const lanes = openLanes();
const rows: Row[] = [];

afterAll(async () => {
  await lanes[Symbol.asyncDispose]();
  process.stdout.write(await keepTable(rows, process.env['FAIRLEAD_STEP_SHOWN']));
});

const cells = [...serverCells, ...clientCells].map((cell) => ({ cell, rule: ruleOf(cell), ...cell }));

test.concurrent.for(cells)('$rule: $lane of $revision on $backend passes what is required', async ({ cell }) => {
  const { row, problems } = await runCell(cell, lanes);
  rows.push(row);

  expect(problems).toEqual([]);
});
