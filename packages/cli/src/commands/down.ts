import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { commonOptions, type Command, type CommandContext } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { devJsonPathOf, nearestDevJsonPath } from '../fleet/dev-json-path.ts';
import { lockOwner } from '../up/fleet-lock.ts';
import { stateFolderAt, type StateFolder } from '../up/state-folder.ts';

const help = `fairlead down [--fleet DIR] [--json]

Stops the local fleet and waits until it is gone, at most 15 seconds. Nothing to stop is no error.`;

const stopWithinMs = 15_000;
const pollMs = 50;

/** `fairlead down`. */
export const command: Command = {
  help,
  async run(argv, context) {
    const { values } = parseArgs({ args: [...argv], options: { ...commonOptions, fleet: { type: 'string' } } });
    const state = findState(values.fleet, context);
    const pid = lockOwner(state.lock)?.pid;

    if (pid !== undefined) await stopFleet(state, pid, context.signal);
    // A fleet that was killed leaves both; commands would look for it.
    for (const file of [state.devJson, state.lock]) rmSync(file, { force: true });
    if (values.json) context.output.json({ stopped: pid !== undefined, pid });
    else context.output.line(pid === undefined ? 'no fleet runs here' : `the fleet is stopped (process ${pid})`);
    return exitCode.ok;
  },
};

function findState(fleet: string | undefined, { cwd, root }: CommandContext): StateFolder {
  const file = fleet === undefined ? nearestDevJsonPath(cwd) : devJsonPathOf(fleet, cwd);
  // A fleet that is still starting has a lock and no dev.json yet.
  return stateFolderAt(file === undefined ? path.join(root, '.fairlead') : path.dirname(file));
}

async function stopFleet(state: StateFolder, pid: number, signal: AbortSignal): Promise<void> {
  process.kill(pid, 'SIGTERM');
  const endMs = performance.now() + stopWithinMs;
  while (lockOwner(state.lock)?.pid === pid) {
    if (performance.now() > endMs) {
      throw new CliError(exitCode.unreachable, `process ${pid} did not stop in ${stopWithinMs / 1_000} s.`, {
        fix: `kill -9 ${pid}`,
      });
    }
    await delay(pollMs, undefined, { signal });
  }
}
