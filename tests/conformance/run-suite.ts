import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { suiteFolder } from './suite-folder.ts';

const SUITE_TIMEOUT_MS = 120_000;

const check = z.looseObject({ id: z.string(), status: z.string(), errorMessage: z.string().optional() });

/** What the suite found for one scenario. */
export interface ScenarioResult {
  readonly scenario: string;
  readonly failures: readonly string[];
  readonly checks: number;
}

/** What one run of the suite found. */
export interface SuiteResult {
  readonly exitCode: number | null;
  readonly scenarios: readonly ScenarioResult[];
  /** The suite's own words, for a failure message. */
  readonly output: string;
}

/** Runs the official suite's server scenarios of one revision against a URL. Exit code 0: every required one passed. */
export async function runSuite(url: string, revision: string): Promise<SuiteResult> {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-conformance-'));
  try {
    const { exitCode, output } = await spawnSuite(['server', '--url', url, '--requirements', revision, '-o', folder]);
    return { exitCode, output, scenarios: await readResults(folder) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

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

async function readResults(folder: string): Promise<readonly ScenarioResult[]> {
  const entries = await readdir(folder, { recursive: true });
  const files = entries.filter((name) => name.endsWith('checks.json'));
  return Promise.all(
    files.map(async (name) => {
      const checks = z.array(check).parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
      const failures = checks
        .filter(({ status }) => status === 'FAILURE')
        .map(({ id, errorMessage }) => `${id}: ${errorMessage ?? ''}`);
      return { scenario: scenarioOf(name), failures, checks: checks.length };
    }),
  );
}

/** The suite names a folder `server-<scenario>-<time of the run>`. */
function scenarioOf(file: string): string {
  return dirname(file)
    .replace(/^server-/, '')
    .replace(/-\d{4}-\d{2}-\d{2}T[\d-]+Z$/, '');
}
