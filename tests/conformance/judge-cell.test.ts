import { expect, test } from 'vitest';
import type { Cell } from './cells.ts';
import { judgeCell, type Finding } from './judge-cell.ts';
import type { ScenarioResult } from './run-suite.ts';

const cell: Cell = { lane: 'L2', revision: '2026-07-28', backend: 'v1' };

test('CF-07: a cell whose required scenarios pass has no problem, and its row counts them', () => {
  const { row, problems } = judge({ ran: [passes('ping'), passes('tools-list'), passes('extra')] });

  expect(problems).toEqual([]);
  expect(row).toMatchObject({
    ...cell,
    required: 2,
    passed: 2,
    excused: 0,
    unscored: 1,
    unscoredPassed: 1,
    failed: [],
  });
});

test('CF-02: a scenario that fails or did not run is a problem', () => {
  expect(judge({ ran: [fails('ping', 'ping-answers')] }).problems).toEqual([
    'tools-list: did not run',
    'ping:ping-answers: no answer',
  ]);
});

test('CF-07: so is an unscored one that fails without an entry', () => {
  const ran = [passes('ping'), passes('tools-list'), fails('extra', 'extra-check')];

  expect(judge({ ran }).problems).toEqual(['extra:extra-check: no answer']);
});

test('CF-04: an entry of the baseline excuses its scenario, or its check and no other', () => {
  const ran = [fails('ping', 'ping-answers'), passes('tools-list')];

  expect(judge({ ran, expectedFailures: ['ping'] }).problems).toEqual([]);
  expect(judge({ ran, expectedFailures: ['ping:ping-answers'] })).toMatchObject({ problems: [], row: { excused: 1 } });
  expect(judge({ ran, expectedFailures: ['ping:another'] }).problems).toEqual([
    'ping:ping-answers: no answer',
    'ping:another: passes; take it out of baseline.yaml',
  ]);
});

test('CF-04: an entry whose scenario passes is stale', () => {
  const ran = [passes('ping'), passes('tools-list')];

  expect(judge({ ran, expectedFailures: ['ping'] }).problems).toEqual(['ping: passes; take it out of baseline.yaml']);
});

test('CF-05: what the suite holds against a run beyond checks is a problem, in its own words', () => {
  const ran = [passes('ping'), passes('tools-list')];

  expect(judge({ ran, exitCode: 1 }).problems).toEqual(['the suite ended with 1: its words']);
});

interface Told {
  readonly ran: readonly ScenarioResult[];
  readonly expectedFailures?: readonly string[];
  readonly exitCode?: number;
}

function judge({ ran: scenarios, expectedFailures = [], exitCode = 0 }: Told): ReturnType<typeof judgeCell> {
  const result = { scenarios, exitCode, output: 'its words' };
  const finding: Finding = { cell, required: ['ping', 'tools-list'], expectedFailures, result };
  return judgeCell(finding);
}

function passes(scenario: string): ScenarioResult {
  return { scenario, failures: [] };
}

function fails(scenario: string, check: string): ScenarioResult {
  return { scenario, failures: [{ check, message: 'no answer' }] };
}
