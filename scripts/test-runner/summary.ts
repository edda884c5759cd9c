import type { SkippedPart } from './skip-log.ts';
import type { StepResult } from './step-result.ts';

/** What the end of `npm test` is made of. */
export interface Summary {
  readonly results: readonly StepResult[];
  readonly skippedParts: readonly SkippedPart[];
  /** Steps that were planned and never began, because of `--bail` or an interrupt. */
  readonly notRun: readonly string[];
}

/** The lines that end every run, also an interrupted one; the last is the count (09 V-03, V-04). */
export function summaryLines(summary: Summary): readonly string[] {
  return [
    ...section('over budget', summary.results.flatMap(budgetLines)),
    ...section('not run', summary.notRun),
    ...section('skipped parts', table(summary.skippedParts.map(skippedPartCells))),
    ...section('failed', failureLines(summary.results)),
    countLine(summary.results),
  ];
}

/** The line that a step leaves when it ends. */
export function stepLine(result: StepResult): string {
  const label = { passed: 'ok', failed: 'FAILED', interrupted: 'STOPPED' }[result.status];
  const count = result.passed + result.failures.length + result.skipped;
  const tests = count > 1 ? `  ${count} tests` : '';
  return `${label.padEnd(8)}${result.name.padEnd(14)}${result.seconds.toFixed(1).padStart(6)} s${tests}`;
}

/** How many tests and checks failed. */
export function failedCount(results: readonly StepResult[]): number {
  return results.reduce((sum, result) => sum + result.failures.length, 0);
}

function countLine(results: readonly StepResult[]): string {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const skipped = results.reduce((sum, result) => sum + result.skipped, 0);
  return `${passed} passed, ${failedCount(results)} failed, ${skipped} skipped`;
}

function failureLines(results: readonly StepResult[]): readonly string[] {
  return results.flatMap((result) => result.failures.flatMap(({ name, rerun }) => [name, `rerun: ${rerun}`]));
}

function budgetLines(result: StepResult): readonly string[] {
  if (result.seconds <= result.budgetSeconds) return [];
  const line = `${result.name} took ${result.seconds.toFixed(1)} s of ${result.budgetSeconds} s`;
  return [line, ...result.slowest.map(({ file, seconds }) => `  ${file}  ${seconds.toFixed(1)} s`)];
}

function skippedPartCells({ part, reason, mend, tests }: SkippedPart): readonly string[] {
  return [part, reason, `mend: ${mend}`, `${tests} ${tests === 1 ? 'test' : 'tests'}`];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
