import type { Cell } from './cells.ts';
import type { ScenarioResult, SuiteResult } from './run-suite.ts';

/** A cell of the table of 03 CF-07: scenarios that passed. */
export interface Row extends Cell {
  readonly required: number;
  readonly passed: number;
  /** Required scenarios that the baseline excuses, wholly or in part. */
  readonly excused: number;
  readonly unscored: number;
  readonly unscoredPassed: number;
  /** Names of all that did not pass. */
  readonly failed: readonly string[];
}

/** What was found in a cell, and what should have been. */
export interface Finding {
  readonly cell: Cell;
  readonly required: readonly string[];
  readonly expectedFailures: readonly string[];
  readonly result: SuiteResult;
}

/** The row of a cell, and in words what is wrong with it; an empty list is a pass. */
export function judgeCell(finding: Finding): { readonly row: Row; readonly problems: readonly string[] } {
  return { row: rowOf(finding), problems: problemsOf(finding) };
}

function rowOf({ cell, required, expectedFailures, result }: Finding): Row {
  const passed = result.scenarios.filter(({ failures }) => failures.length === 0).map(({ scenario }) => scenario);
  const unscored = result.scenarios.filter(({ scenario }) => !required.includes(scenario));
  const excused = new Set(expectedFailures.map((entry) => entry.split(':')[0]));
  return {
    ...cell,
    required: required.length,
    passed: required.filter((scenario) => passed.includes(scenario)).length,
    excused: required.filter((scenario) => excused.has(scenario)).length,
    unscored: unscored.length,
    unscoredPassed: unscored.filter(({ scenario }) => passed.includes(scenario)).length,
    failed: result.scenarios.map(({ scenario }) => scenario).filter((scenario) => !passed.includes(scenario)),
  };
}

function problemsOf({ required, expectedFailures, result }: Finding): readonly string[] {
  const ran = new Map(result.scenarios.map((scenario) => [scenario.scenario, scenario]));
  const problems = [
    ...required.filter((scenario) => !ran.has(scenario)).map((scenario) => `${scenario}: did not run`),
    ...result.scenarios.flatMap((scenario) => unexpected(scenario, expectedFailures)),
    ...expectedFailures
      .filter((entry) => !stillFails(ran, entry))
      .map((entry) => `${entry}: passes; take it out of baseline.yaml`),
  ];
  // What the suite holds against a run beyond failed checks: warnings, a client that ended with an error.
  if (problems.length === 0 && result.exitCode !== 0)
    return [`the suite ended with ${result.exitCode}: ${result.output.slice(-3_000)}`];
  return problems;
}

/** Scenarios that do not count towards the revision are held to the baseline too, so that none is lost unseen. */
function unexpected(ran: ScenarioResult, expectedFailures: readonly string[]): readonly string[] {
  if (expectedFailures.includes(ran.scenario)) return [];
  return ran.failures
    .filter(({ check }) => !expectedFailures.includes(`${ran.scenario}:${check}`))
    .map(({ check, message }) => `${ran.scenario}:${check}: ${message}`);
}

function stillFails(ran: ReadonlyMap<string, ScenarioResult>, entry: string): boolean {
  const [scenario = '', check] = entry.split(':');
  return (ran.get(scenario)?.failures ?? []).some((failure) => check === undefined || failure.check === check);
}
