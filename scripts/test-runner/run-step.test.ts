import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Step } from './plan-steps.ts';
import { runStep } from './run-step.ts';

const quiet = new AbortController().signal;
const killAfterMs = 200;

/** Runs one command as a step, in a folder of its own. */
async function run(command: string, changes: { readonly name?: string; readonly signal?: AbortSignal } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'fairlead-run-step-'));
  const step: Step = { name: changes.name ?? 'lint', command, isParallel: true, budgetSeconds: 1 };
  try {
    const environment = { PATH: process.env['PATH'] };
    return await runStep(step, { root: folder, folder, environment, signal: changes.signal ?? quiet, killAfterMs });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('V-04 a static check counts as one, passed or failed', async () => {
  expect(await run('true')).toMatchObject({ status: 'passed', passed: 1, failures: [] });
  expect(await run('echo broken; exit 3')).toMatchObject({
    status: 'failed',
    passed: 0,
    failures: [{ name: 'lint', rerun: 'npm run step:lint' }],
    output: 'broken\n\nended with 3\n',
  });
});

test('V-04 a step that crashed counts as failed', async () => {
  expect(await run('kill -9 $$')).toMatchObject({
    status: 'failed',
    output: expect.stringContaining('ended with SIGKILL'),
  });
});

test('counts the parts of a step that reports them', async () => {
  const report = '{"passed":3,"skipped":1,"failures":[{"name":"notes","rerun":"npm run step:examples -- notes"}]}';

  expect(await run(`echo '${report}' > "$FAIRLEAD_STEP_REPORT"; exit 1`)).toMatchObject({
    status: 'failed',
    passed: 3,
    skipped: 1,
    failures: [{ name: 'notes' }],
  });
});

test('a step that reports success and ends with an error has failed', async () => {
  const report = '{"passed":3,"skipped":0,"failures":[]}';

  const result = await run(`echo '${report}' > "$FAIRLEAD_STEP_REPORT"; exit 1`);

  expect(result).toMatchObject({ status: 'failed', passed: 3, failures: [{ name: 'lint' }] });
});

test('CF-07 what a step wants shown is kept apart from its output, also when it passed', async () => {
  expect(await run(`echo loud; echo table > "$FAIRLEAD_STEP_SHOWN"`)).toMatchObject({
    status: 'passed',
    output: 'loud\n',
    shown: 'table\n',
  });
  expect(await run('true')).toMatchObject({ shown: '' });
});

// A glob that matches nothing must not be green.
test('V-04 a step that found no tests has failed', async () => {
  const report = '{"passed":0,"skipped":0,"failures":[]}';

  const result = await run(`echo '${report}' > "$FAIRLEAD_STEP_REPORT"`);

  expect(result).toMatchObject({ status: 'failed', output: expect.stringContaining('no test ran') });
});

test('a vitest step that leaves no report has failed', async () => {
  expect(await run('vitest run src/ --no-such-option')).toMatchObject({ status: 'failed', passed: 0 });
});

// A background job of `sh` ignores SIGINT, so the end comes with the SIGKILL.
test('an interrupt ends the whole process group, and the step says so', { timeout: 60_000 }, async () => {
  const interrupt = new AbortController();
  const startedMs = performance.now();
  const running = run('sleep 300 & sleep 300', { signal: interrupt.signal });

  interrupt.abort();

  expect(await running).toMatchObject({ status: 'interrupted', failures: [{ name: 'lint (interrupted)' }] });
  expect(performance.now() - startedMs).toBeLessThan(60_000);
});
