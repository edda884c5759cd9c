import { parseArgs } from 'node:util';
import { commonOptions, type Command } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { cliVersion } from '../version.ts';

const help = `fairlead version [--json]

Prints the version of the command and of the Node that runs it.`;

/** `fairlead version`. */
export const command: Command = {
  help,
  async run(argv, { output }) {
    const { values } = parseArgs({ args: [...argv], options: commonOptions });

    if (values.json) output.json({ version: cliVersion(), node: process.version });
    else output.line(`fairlead ${cliVersion()} (Node ${process.version})`);
    return exitCode.ok;
  },
};
