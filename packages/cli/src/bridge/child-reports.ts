import type { Clock, Logger } from '@fairlead/server-kit/runtime';
import type { BridgeMetrics } from './bridge-metrics.ts';
import { LogBudget } from './log-budget.ts';

/** What the bridge tells of the servers that it runs. One for all of them, so that one bound holds for all. */
export interface ChildReports {
  /** A line of standard error. */
  wrote(pid: number, line: string): void;
  /** A line of standard output that is no message of MCP. */
  broken(pid: number, line: string): void;
}

const linesPerSecond = 50;
const shownCharacters = 200;

/** Makes the reports. The logger redacts each line; beyond 50 a second they are only counted. */
export function createChildReports(log: Logger, clock: Clock, metrics: BridgeMetrics): ChildReports {
  const budget = new LogBudget(clock, linesPerSecond, (lines) => log.warn({ lines }, 'server.lines_dropped'));
  return {
    wrote(pid, line) {
      if (line.trim() !== '' && budget.take()) log.info({ pid, line }, 'server.wrote');
    },
    broken(pid, line) {
      metrics.brokenLines.inc();
      if (budget.take()) log.warn({ pid, line: line.slice(0, shownCharacters) }, 'server.line_broken');
    },
  };
}
