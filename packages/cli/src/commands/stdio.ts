import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { fleetOptions, type Command } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { chooseKey } from '../fleet/choose-key.ts';
import { findFleet } from '../fleet/find-fleet.ts';
import { LineSplitter } from '../lines/line-splitter.ts';
import { listTools } from '../mcp/list-tools.ts';
import { createMcpConnection } from '../mcp/mcp-connection.ts';
import type { RelayTarget } from '../stdio/gateway-port.ts';
import { createLineWriter } from '../stdio/line-writer.ts';
import { StdioRelay } from '../stdio/stdio-relay.ts';
import { cliVersion } from '../version.ts';

const help = `fairlead stdio [--server NAME] [--as ROLE|--key KEY] [--fleet DIR]

The gateway for a client that only speaks stdio: reads one JSON-RPC message a line, at most 4 MiB, sends it to /mcp in the
client's own protocol era, and writes what comes back. Ends when its input ends. When no fleet runs, calls are answered
with an error that says so; a fleet that is started later, or again, is found.

  --server NAME  one server of the gateway, with its own names, in place of all of them

Exit codes, when nothing ever got through: 3 the key was not taken, 4 nobody answered.`;

/** Longest line of the client (03 P-09). */
const lineBytesMax = 4 * 1024 * 1024;

/** `fairlead stdio`. */
export const command: Command = {
  help,
  async run(argv, context) {
    const { values } = parseArgs({ args: [...argv], options: { ...fleetOptions, server: { type: 'string' } } });
    // Looked up again for each message: a fleet that restarts may listen elsewhere.
    const target = (): RelayTarget => {
      const fleet = findFleet(values.fleet, context);
      const route = values.server === undefined ? '/mcp' : `/servers/${encodeURIComponent(values.server)}/mcp`;
      return { url: `${fleet.url}${route}`, key: chooseKey(fleet, values) };
    };
    refuseHopeless(target);
    const relay = new StdioRelay({
      target,
      write: createLineWriter(context.stdout),
      fetch,
      listTools: (signal) => listTools(createMcpConnection({ ...target(), version: cliVersion(), fetch }), signal),
    });
    const splitter = new LineSplitter(lineBytesMax, {
      line: (line) => {
        if (line.trim() !== '') relay.accept(line);
      },
      tooLong: (line) => relay.refuseLong(line),
    });
    context.signal.addEventListener('abort', () => context.stdin.destroy(), { once: true });

    context.stdin.on('data', (chunk: Buffer) => splitter.push(chunk));
    await ended(context.stdin);
    splitter.end();
    await relay.close();
    return relay.exitCode;
  },
};

/** A fleet may start later; a wrong option or a missing key will not mend itself. */
function refuseHopeless(target: () => RelayTarget): void {
  try {
    target();
  } catch (error) {
    if (!(error instanceof CliError) || error.exitCode !== exitCode.unreachable) throw error;
  }
}

async function ended(stdin: NodeJS.ReadableStream): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) stdin.once(event, () => resolve());
  });
}
