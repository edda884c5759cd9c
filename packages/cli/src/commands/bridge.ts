import { once } from 'node:events';
import { createLifecycle, createLogger, ServiceError, systemClock } from '@fairlead/server-kit/runtime';
import { parseBridgeOptions, type BridgeOptions } from '../bridge/bridge-options.ts';
import { startBridge, type BridgeParts, type RunningBridge } from '../bridge/start-bridge.ts';
import { CliError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { quoteForShell } from '../quote-for-shell.ts';
import { cliVersion } from '../version.ts';

const help = `fairlead bridge --port N [--host H] [--ops-port N] [--name NAME] [--env NAME ...] [--max-sessions N]
                [--idle-minutes N] [--json] -- <command> [arguments ...]

Serves an MCP server that speaks stdio as Streamable HTTP at /mcp, so that the gateway can name it in its config. Each
session gets a server process of its own; requests without a session share one. A server that dies is started again.

  --port N          port to listen on; 0 takes a free one
  --host H          address to listen on (127.0.0.1); another than loopback needs BRIDGE_TOKEN and ALLOWED_HOSTS
  --ops-port N      serve /livez, /readyz, /startupz and /metrics there; without it they are not served
  --name NAME       how the log names the server (the command's own name)
  --env NAME        a variable of this environment that the server gets too; it gets PATH, HOME, LANG, TZ and TMPDIR
  --max-sessions N  most server processes for sessions (16); one session more is answered with 503
  --idle-minutes N  a session that is not used for so long is ended (30)

  fairlead bridge --port 7002 -- npx mcp-server-everything stdio`;

/** Open calls, then the servers: each has its own bound below this. */
const stopMsMax = 9_000;

/** `fairlead bridge`. */
export const command: Command = {
  help,
  async run(argv, context) {
    const options = parseBridgeOptions(argv, context);
    const clock = systemClock;
    const log = createLogger({ name: 'bridge', level: 'info' }).child({ server: options.name });
    const lifecycle = createLifecycle({ log, clock });
    try {
      const bridge = await start(options, { clock, log, lifecycle, version: cliVersion() });
      if (options.isJson) context.output.json({ name: options.name, pid: process.pid, ...bridge });
      else context.output.line(`fairlead bridge: ${options.name} at ${bridge.mcpUrl}`);
      if (!context.signal.aborted) await once(context.signal, 'abort');
    } finally {
      await lifecycle.stop('stop', stopMsMax);
    }
    return exitCode.ok;
  },
};

async function start(options: BridgeOptions, parts: BridgeParts): Promise<RunningBridge> {
  try {
    return await startBridge(options, parts);
  } catch (error) {
    throw toCliError(error, options);
  }
}

function toCliError(error: unknown, { child, host, port }: BridgeOptions): CliError {
  const reason = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (ServiceError.is(error))
    return new CliError(exitCode.usage, error.publicMessage, { fix: 'fairlead help bridge', cause: error });
  if (code === 'EADDRINUSE') {
    return new CliError(exitCode.usage, `port ${port} of ${host} is in use.`, {
      fix: 'use another --port (0 takes a free one)',
      cause: error,
    });
  }
  const byHand = [child.command, ...child.args].map(quoteForShell).join(' ');
  return new CliError(exitCode.usage, `the server did not start: ${reason}.`, { fix: byHand, cause: error });
}
