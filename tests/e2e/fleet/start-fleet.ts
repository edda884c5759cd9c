import type { DevJson } from '@fairlead/contracts';
import { startProcess, type StartedProcess } from '@fairlead/testkit/parts';
import { readDevJson } from './read-dev-json.ts';
import { launcher, repositoryRoot } from './repository-root.ts';
import { userEnvironment } from './user-environment.ts';

/** A fleet that a test started for itself. It is stopped by Ctrl-C when its scope ends. */
export interface Fleet extends AsyncDisposable {
  /** `dev.json` as it was when the fleet became ready. */
  readonly dev: DevJson;
  readonly stateFolder: string;
  /** What the start printed. */
  readonly output: readonly string[];
  /** The supervisor; its process group holds what a terminal's Ctrl-C would reach. */
  readonly process: StartedProcess;
}

/** Starts a fleet by `fairlead up` on free ports, and waits until it says that it is ready. */
export async function startFleet(stateFolder: string): Promise<Fleet> {
  return await start([launcher, 'up'], stateFolder);
}

/** Starts a fleet as `npm start` does: what changed is built first. */
export async function startBuiltFleet(stateFolder: string): Promise<Fleet> {
  return await start(['scripts/start.ts'], stateFolder);
}

async function start(command: readonly string[], stateFolder: string): Promise<Fleet> {
  const process = await startProcess({
    command: globalThis.process.execPath,
    args: [...command, '--port', '0', '--state', stateFolder],
    cwd: repositoryRoot,
    env: userEnvironment(),
    readyWhen: { output: /^fairlead: ready$/ },
    // A hang guard: a cold start may build everything.
    readyWithinMs: 180_000,
    stopSignal: 'SIGINT',
    stopWithinMs: 15_000,
  });
  return {
    dev: await readDevJson(stateFolder),
    stateFolder,
    output: process.recentOutput(),
    process,
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}
