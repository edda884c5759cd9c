import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isVitestStep, type Step } from './plan-steps.ts';
import { readStepReport } from './read-step-report.ts';
import { readVitestReport } from './read-vitest-report.ts';
import type { StepCounts, StepResult } from './step-result.ts';

/** Where and with what a step runs. */
export interface StepSurroundings {
  readonly root: string;
  /** Folder of this run's report files. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal;
  /** Time between the polite end of an interrupted step and its kill. */
  readonly killAfterMs: number;
}

/** How the process of a step ended. */
interface Ended {
  /** Exit code, or the name of the signal that ended it. */
  readonly status: number | string;
  readonly output: string;
}

/** Runs one step as its own process group, keeps what it prints, and counts its tests. Never rejects for a failed step. */
export async function runStep(step: Step, surroundings: StepSurroundings): Promise<StepResult> {
  const startedMs = performance.now();
  const report = path.join(surroundings.folder, `${step.name}.json`);
  const ended = await runCommand(commandOf(step, report), report, surroundings);
  const { isInterrupted, counts, note } = judge(step, ended, { report, surroundings });
  return {
    ...counts,
    name: step.name,
    status: resultStatus(isInterrupted, counts),
    seconds: (performance.now() - startedMs) / 1_000,
    budgetSeconds: step.budgetSeconds,
    output: note === '' ? ended.output : `${ended.output}\n${note}\n`,
    shown: existsSync(shownFile(report)) ? readFileSync(shownFile(report), 'utf8') : '',
  };
}

function shownFile(report: string): string {
  return `${report}.shown`;
}

function resultStatus(isInterrupted: boolean, counts: StepCounts): StepResult['status'] {
  if (isInterrupted) return 'interrupted';
  return counts.failures.length > 0 ? 'failed' : 'passed';
}

function commandOf(step: Step, report: string): string {
  if (!isVitestStep(step)) return step.command;
  return `${step.command} --reporter=default --reporter=json --outputFile.json='${report}'`;
}

function runCommand(command: string, report: string, surroundings: StepSurroundings): Promise<Ended> {
  const { root, environment, signal, killAfterMs } = surroundings;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    // A group of its own: an interrupt has to reach vitest's workers and whatever they started.
    const child = spawn('sh', ['-c', command], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environment, FAIRLEAD_STEP_REPORT: report, FAIRLEAD_STEP_SHOWN: shownFile(report) },
    });
    const interrupt = (): void => endGroup(child.pid, killAfterMs);
    if (signal.aborted) interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const finish = (status: number | string): void => {
      signal.removeEventListener('abort', interrupt);
      resolve({ status, output: Buffer.concat(chunks).toString('utf8') });
    };
    child.once('error', (error) => finish(error.message));
    child.once('close', (code, ended) => finish(code ?? ended ?? 'unknown'));
  });
}

function endGroup(pid: number | undefined, killAfterMs: number): void {
  if (pid === undefined) return;
  signalGroup(pid, 'SIGINT');
  setTimeout(() => signalGroup(pid, 'SIGKILL'), killAfterMs).unref();
}

function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    // The group is gone already, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

interface Judgement {
  readonly isInterrupted: boolean;
  readonly counts: StepCounts;
  /** What the runner adds to the step's own output; empty when there is nothing to add. */
  readonly note: string;
}

/** A step that crashed, was stopped, or found no tests counts as one failure (09 V-04). */
function judge(step: Step, ended: Ended, where: { report: string; surroundings: StepSurroundings }): Judgement {
  const isInterrupted = where.surroundings.signal.aborted;
  const own = { name: step.name, rerun: rerunOf(step) };
  if (isInterrupted)
    return { isInterrupted, counts: withFailure(empty, { ...own, name: `${step.name} (interrupted)` }), note: '' };

  const counts = readCounts(step, ended, where);
  if (typeof counts === 'string') return { isInterrupted, counts: withFailure(empty, own), note: counts };
  if (counts.failures.length > 0) return { isInterrupted, counts, note: '' };
  if (ended.status !== 0)
    return { isInterrupted, counts: withFailure(counts, own), note: `ended with ${ended.status}` };
  if (counts.passed + counts.skipped === 0 || (step.name === 'tests' && counts.passed === 0)) {
    return { isInterrupted, counts: withFailure(counts, own), note: 'no test ran: a step without tests is a failure' };
  }
  return { isInterrupted, counts, note: '' };
}

const empty: StepCounts = { passed: 0, skipped: 0, failures: [], slowest: [] };

function withFailure(counts: StepCounts, failure: StepCounts['failures'][number]): StepCounts {
  return { ...counts, failures: [...counts.failures, failure] };
}

function rerunOf(step: Step): string {
  return step.name === 'tests' ? step.command : `npm run step:${step.name}`;
}

/** The step's counts, or why they cannot be had. */
function readCounts(
  step: Step,
  ended: Ended,
  { report, surroundings }: { report: string; surroundings: StepSurroundings },
): StepCounts | string {
  if (!existsSync(report)) {
    if (isVitestStep(step)) return `ended with ${ended.status} and left no report`;
    return ended.status === 0 ? { ...empty, passed: 1 } : empty;
  }
  try {
    const text = readFileSync(report, 'utf8');
    return isVitestStep(step) ? readVitestReport(text, surroundings.root) : readStepReport(text);
  } catch (error) {
    return `left a report that cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
