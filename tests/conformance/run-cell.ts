import { expectedFailures, readBaseline } from './baseline.ts';
import type { Cell } from './cells.ts';
import { clientCommands } from './client-commands.ts';
import { judgeCell } from './judge-cell.ts';
import type { Lanes } from './open-lanes.ts';
import { requiredScenarios } from './required-scenarios.ts';
import { runScenarios, runSuite, type SuiteRun } from './run-suite.ts';

/** Runs one cell of the matrix, and says what was found. */
export async function runCell(cell: Cell, lanes: Lanes): Promise<ReturnType<typeof judgeCell>> {
  const excused = expectedFailures(await readBaseline(), cell);
  if (cell.lane === 'client-gateway') return runBehindGateway(cell, excused);
  const role = cell.lane === 'client' ? 'client' : 'server';
  const target = cell.lane === 'client' ? clientCommands.client : await lanes.urlOf(cell);
  const result = await runSuite({ role, target, revision: cell.revision, expectedFailures: excused });
  const required = await requiredScenarios(role, cell.revision);
  return judgeCell({ cell, result, expectedFailures: excused, required });
}

/** OAuth is between the client and the server that it talks to: with a gateway in between, that is the gateway. */
async function runBehindGateway(cell: Cell, excused: readonly string[]): Promise<ReturnType<typeof judgeCell>> {
  const run: SuiteRun = {
    role: 'client',
    target: clientCommands['client-gateway'],
    revision: cell.revision,
    expectedFailures: excused,
  };
  const all = await requiredScenarios('client', cell.revision);
  const required = all.filter((scenario) => !scenario.startsWith('auth/'));
  return judgeCell({ cell, required, expectedFailures: excused, result: await runScenarios(run, required) });
}
