// Runs every check and test that this machine can run, and ends with a count (09 V-01 to V-05).
//
// Usage: npm test [-- [--fast] [--only a,b] [--bail] [--update-snapshots] [-t name] [path...]]
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { compileCache } from './test-runner/compile-cache.ts';
import { planSteps, type Step } from './test-runner/plan-steps.ts';
import { runStep, type StepSurroundings } from './test-runner/run-step.ts';
import { readSkipLog } from './test-runner/skip-log.ts';
import type { StepResult } from './test-runner/step-result.ts';
import { failedCount, stepLine, summaryLines } from './test-runner/summary.ts';
import { parseTestOptions, type TestOptions } from './test-runner/test-options.ts';

const parallelMax = 4;
const interruptedStatus = 130;
const killAfterMs = 5_000;
const root = path.dirname(import.meta.dirname);
const manifest = z.looseObject({ scripts: z.record(z.string(), z.string()) });

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const options = parseTestOptions(process.argv.slice(2));
    const { scripts } = manifest.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
    return await runSteps(planSteps(scripts, options), options);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    console.error(`fairlead: ${error.message}\n  fix: npm test, or npm test -- --only unit`);
    return 1;
  }
}

async function runSteps(steps: readonly Step[], options: TestOptions): Promise<number> {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  const folder = mkdtempSync(path.join(tmpdir(), 'fairlead-test-'));
  const skipLog = path.join(folder, 'skipped.jsonl');
  const surroundings = {
    root,
    folder,
    environment: environmentOf(skipLog, options),
    signal: interrupt.signal,
    killAfterMs,
  };

  const results = await runAll(steps, surroundings, options);

  const skippedParts = existsSync(skipLog) ? readSkipLog(readFileSync(skipLog, 'utf8')) : [];
  const notRun = steps.map((step) => step.name).filter((name) => !results.some((result) => result.name === name));
  console.log(['', ...summaryLines({ results, skippedParts, notRun })].join('\n'));
  rmSync(folder, { recursive: true, force: true });
  if (interrupt.signal.aborted) return interruptedStatus;
  return failedCount(results) > 0 ? 1 : 0;
}

/** Runs the parallel steps side by side, then the others one by one. */
async function runAll(
  steps: readonly Step[],
  surroundings: StepSurroundings,
  options: TestOptions,
): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  const mayGoOn = (): boolean => !surroundings.signal.aborted && !(options.stopsOnFailure && failedCount(results) > 0);
  const drain = async (queue: Step[]): Promise<void> => {
    for (let step = queue.shift(); step !== undefined && mayGoOn(); step = queue.shift()) {
      const result = await runStep(step, surroundings);
      results.push(result);
      report(result);
    }
  };

  // What takes longest goes first: started last, it would run on alone. The budgets tell how long.
  const sideBySide = steps
    .filter((step) => step.isParallel)
    .toSorted((one, other) => other.budgetSeconds - one.budgetSeconds);
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), parallelMax) }, () => drain(sideBySide)));
  await drain(steps.filter((step) => !step.isParallel));
  return results;
}

function report(result: StepResult): void {
  console.log(stepLine(result));
  const text = result.status === 'failed' ? result.output : result.shown;
  if (text !== '') console.log(text.trimEnd().replaceAll(/^/gm, '    '));
}

/** Colour codes would end up in kept output; the tools' own telemetry has no place in a test run. */
function environmentOf(skipLog: string, { updatesSnapshots }: TestOptions): NodeJS.ProcessEnv {
  const search = [path.join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(path.delimiter);
  return {
    ...process.env,
    PATH: search,
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    NODE_COMPILE_CACHE: compileCache(root),
    FAIRLEAD_SKIP_LOG: skipLog,
    FAIRLEAD_UPDATE_SNAPSHOTS: updatesSnapshots ? '1' : undefined,
  };
}
