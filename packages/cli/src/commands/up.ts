import path from 'node:path';
import type { Command, CommandContext } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { detachFleet } from '../up/detach-fleet.ts';
import { parseUpOptions } from '../up/up-options.ts';

const help = `fairlead up [--config FILE] [--port N] [--state DIR] [--only NAME,NAME] [--detach] [--watch] [--json]

Starts the local fleet in the foreground: the gateway, the services, a real Postgres with the demo database, and doubles
of GitHub and Slack. Ctrl-C stops everything. \`npm start\` builds first and then does this.

  --config FILE   a gateway config that is laid over the demo's own: maps merge, lists replace, null removes
  --port N        port of the gateway (8080); 0: free ports for everything
  --state DIR     where keys, data and logs are kept (.fairlead in the repository)
  --only A,B      the services to start beside the gateway (all)
  --detach        come back when the fleet is ready; fairlead down stops it
  --watch         run services from source, and start one again when its source changes

With GITHUB_TOKEN and DEVOPS_GITHUB_REPOS set, or SLACK_TOKEN and DEVOPS_SLACK_WRITE_CHANNELS, the real system is used
in place of the double.`;

/** `fairlead up`. */
export const command: Command = {
  help,
  async run(argv, context) {
    const options = parseUpOptions(argv, context);
    if (options.isDetached) return await runDetached(argv, options.stateFolder, context);

    // The parts weigh as much as everything else together, and only a fleet needs them.
    const { runFleet } = await import('../up/run-fleet.ts');
    try {
      await runFleet(options, context);
    } catch (error) {
      // Ctrl-C is how a fleet is stopped, also while it starts.
      if (!context.signal.aborted || !isInterruption(error)) throw error;
    }
    return exitCode.ok;
  },
};

/** Whether an error only says that the signal aborted, however many layers have wrapped it. */
function isInterruption(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || isInterruption(error.cause));
}

async function runDetached(argv: readonly string[], stateFolder: string, context: CommandContext): Promise<ExitCode> {
  const launcher = path.join(context.root, 'packages', 'cli', 'bin', 'fairlead.mjs');
  const attached = argv.filter((argument) => argument !== '--detach');
  const printed = await detachFleet({
    command: [...process.execArgv, launcher, 'up', ...attached],
    stateFolder,
    cwd: context.cwd,
    signal: context.signal,
  });
  context.output.line(printed);
  return exitCode.ok;
}
