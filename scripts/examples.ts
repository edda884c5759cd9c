// Runs every example's story, `examples/*/run.ts`; each asserts and exits non-zero on failure (09 V-70).
//
// Usage: npm run step:examples [-- name...]
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const longestMs = 60_000;
const root = path.dirname(import.meta.dirname);
const wanted = process.argv.slice(2);

process.exitCode = await runExamples();

async function runExamples(): Promise<number> {
  const names = readdirSync(path.join(root, 'examples'))
    .filter((name) => existsSync(path.join(root, 'examples', name, 'run.ts')))
    .filter((name) => wanted.length === 0 || wanted.includes(name));
  const failed: string[] = [];
  // One by one: examples may use fixed ports.
  for (const name of names) {
    const isOk = await runExample(name);
    console.log(`${isOk ? 'ok' : 'FAILED'}  examples/${name}/run.ts`);
    if (!isOk) failed.push(name);
  }
  writeReport(names.length - failed.length, failed);
  return names.length === 0 || failed.length > 0 ? 1 : 0;
}

function runExample(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--conditions=@fairlead/source', 'run.ts'], {
      cwd: path.join(root, 'examples', name),
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: longestMs,
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** `npm test` counts the examples one by one from this file. */
function writeReport(passed: number, failed: readonly string[]): void {
  const file = process.env['FAIRLEAD_STEP_REPORT'];
  if (file === undefined) return;
  const failures = failed.map((name) => ({
    name: `examples/${name}/run.ts`,
    rerun: `npm run step:examples -- ${name}`,
  }));
  writeFileSync(file, JSON.stringify({ passed, skipped: 0, failures }));
}
