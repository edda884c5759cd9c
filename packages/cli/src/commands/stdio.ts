import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { fleetOptions, type Command } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { chooseKey } from '../fleet/choose-key.ts';
import { findFleet } from '../fleet/find-fleet.ts';
import { StdioRelay } from '../stdio/stdio-relay.ts';

const help = `fairlead stdio [--as ROLE|--key KEY] [--fleet DIR]

The gateway for a client that only speaks stdio: reads one JSON-RPC message a line, sends it to /mcp in the client's own
protocol era, and writes what comes back. Ends when its input ends. When no fleet runs, calls are answered with an error
that says so; a fleet that is started later is found.`;

/** `fairlead stdio`. */
export const command: Command = {
  help,
  async run(argv, context) {
    const { values } = parseArgs({ args: [...argv], options: fleetOptions });
    const relay = new StdioRelay({
      // Looked up again for each message: a fleet that restarts may listen elsewhere.
      target: () => {
        const fleet = findFleet(values.fleet, context);
        return { url: fleet.mcp, key: chooseKey(fleet, values) };
      },
      write: (text) => context.stdout.write(`${text}\n`),
      fetch,
    });
    const input = createInterface({ input: context.stdin, crlfDelay: Number.POSITIVE_INFINITY });
    context.signal.addEventListener('abort', () => input.close(), { once: true });

    for await (const line of input) if (line.trim() !== '') relay.accept(line);
    await relay.close();
    return exitCode.ok;
  },
};
