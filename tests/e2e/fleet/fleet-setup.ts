import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

// No import of a package of ours here: vitest loads this file without the resolve conditions of the project.

/** A `globalSetup` of vitest: starts the fleet that all test files share. Answers its teardown. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const script = fileURLToPath(new URL('./serve-fleet.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@fairlead/source', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C reaches us only; the fleet ends when its input ends.
    detached: true,
  });
  const ended = once(child, 'exit');
  project.provide('sharedFleet', JSON.parse(await firstLine(child, ended)));
  return async () => {
    child.stdin.end();
    await ended;
  };
}

async function firstLine(
  child: ChildProcessByStdio<Writable, Readable, null>,
  ended: Promise<unknown>,
): Promise<string> {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([lines.next(), ended.then(() => undefined)]);
  if (first === undefined || first.done === true) throw new Error('the shared fleet did not start');
  return first.value;
}
