import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { Revision } from './cells.ts';
import type { Role } from './required-scenarios.ts';
import { suiteFolder } from './suite-folder.ts';

/** Hang guards; a whole run takes 2 to 4 s. */
const SUITE_TIMEOUT_MS = 150_000;
const SCENARIO_TIMEOUT_MS = 20_000;

const check = z.looseObject({ id: z.string(), status: z.string(), errorMessage: z.string().optional() });

/** The suite holds a warning against a run as it does a failure. */
const failing: readonly string[] = ['FAILURE', 'WARNING'];

/** What the suite found for one scenario. */
export interface ScenarioResult {
  readonly scenario: string;
  readonly failures: readonly { readonly check: string; readonly message: string }[];
}

/** What one run of the suite found. */
export interface SuiteResult {
  readonly exitCode: number | null;
  readonly scenarios: readonly ScenarioResult[];
  /** The suite's own words, for a failure message. */
  readonly output: string;
}

/** What to run the suite on. */
export interface SuiteRun {
  readonly role: Role;
  /** URL of the server, or command of the client under test; the suite appends the URL of its own server. */
  readonly target: string;
  readonly revision: Revision;
  /** Scenarios and checks that may fail, and must. */
  readonly expectedFailures: readonly string[];
}

/** Runs the official suite's scenarios of one revision. Exit code 0: every required one passed or was expected to fail. */
export function runSuite(run: SuiteRun): Promise<SuiteResult> {
  return runOnce(run, ['--requirements', run.revision]);
}

/** Runs some scenarios, one after the other: the suite takes all of a revision or one. Exit code 0: as above, for each of them. */
export async function runScenarios(run: SuiteRun, scenarios: readonly string[]): Promise<SuiteResult> {
  const results: SuiteResult[] = [];
  for (const scenario of scenarios)
    results.push(await runOnce(run, ['--scenario', scenario, '--spec-version', run.revision]));
  // A single scenario that is expected to fail ends the suite with an error all the same.
  const failed = results.filter(({ exitCode, scenarios: ran }, index) => {
    const name = scenarios[index] ?? '';
    const isExcused = run.expectedFailures.some((entry) => entry === name || entry.startsWith(`${name}:`));
    return exitCode !== 0 && !(isExcused && ran.some(({ failures }) => failures.length > 0));
  });
  return {
    exitCode: failed[0]?.exitCode ?? 0,
    scenarios: results.flatMap(({ scenarios: ran }) => ran),
    output: failed.map(({ output }) => output).join('\n'),
  };
}

async function runOnce(run: SuiteRun, selection: readonly string[]): Promise<SuiteResult> {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-conformance-'));
  try {
    const results = join(folder, 'results');
    const baseline = join(folder, 'baseline.yaml');
    await writeFile(baseline, stringify({ [run.role]: run.expectedFailures }));
    const { exitCode, output } = await spawnSuite(
      [run.role, targetOption[run.role], run.target]
        .concat(selection, ['--expected-failures', baseline])
        .concat(['--timeout', String(SCENARIO_TIMEOUT_MS), '-o', results]),
    );
    return { exitCode, output, scenarios: await readResults(results, run.role) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const targetOption: Readonly<Record<Role, string>> = { server: '--url', client: '--command' };

async function spawnSuite(suiteArguments: readonly string[]): Promise<{ exitCode: number | null; output: string }> {
  const entry = join(suiteFolder(), 'dist', 'index.js');
  const child = spawn(process.execPath, [entry, ...suiteArguments], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: SUITE_TIMEOUT_MS,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, output };
}

async function readResults(folder: string, role: Role): Promise<readonly ScenarioResult[]> {
  const entries = await readdir(folder, { recursive: true });
  const files = entries.filter((name) => name.endsWith('checks.json'));
  return Promise.all(
    files.map(async (name) => {
      const checks = z.array(check).parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
      const failures = checks
        .filter(({ status }) => failing.includes(status))
        .map(({ id, errorMessage = '' }) => ({ check: id, message: errorMessage }));
      return { scenario: scenarioOf(name, role), failures };
    }),
  );
}

/** The suite names a folder `<scenario>-<time of the run>`, and for servers puts `server-` before it. */
function scenarioOf(file: string, role: Role): string {
  const run = dirname(file).replace(/-\d{4}-\d{2}-\d{2}T[\d-]+Z$/, '');
  return role === 'server' ? run.replace(/^server-/, '') : run;
}
