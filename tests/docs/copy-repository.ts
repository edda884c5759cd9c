import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const madeHere: ReadonlySet<string> = new Set(['node_modules', 'dist', '.git', '.turbo', '.fairlead', 'coverage']);

/**
 * Copies this repository as a clone would have it, and installs its packages from the store that the last install filled.
 * A reader of the documents changes such a copy.
 */
export async function copyRepository(target: string): Promise<void> {
  await cp(root, target, { recursive: true, filter: (source) => !madeHere.has(path.basename(source)) });
  await run(path.join(root, 'node_modules/.bin/pnpm'), ['install', '--frozen-lockfile', '--prefer-offline'], {
    cwd: target,
    env: { ...process.env, CI: 'true' },
  });
}

/** The environment of a reader: no setting of this test run, and the Node that it runs on. */
export function readerEnvironment(): NodeJS.ProcessEnv {
  const search = [path.dirname(process.execPath), process.env['PATH'] ?? ''].join(path.delimiter);
  return { PATH: search, HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], NO_COLOR: '1', CI: 'true' };
}

/** Stops the fleet that a document has started in a copy. Rejects when none runs. */
export async function stopFleet(copy: string): Promise<void> {
  await run('npx', ['fairlead', 'down'], { cwd: copy, env: readerEnvironment() });
}
