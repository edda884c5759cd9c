import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { commonOptions, type Command, type CommandContext } from '../command.ts';
import { exitCode } from '../exit-code.ts';

const help = `fairlead help [command]

Prints all commands, or the forms and options of one.`;

/** `fairlead help`. */
export const command: Command = {
  help,
  async run(argv, { output, commands }) {
    const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options: commonOptions });
    const [name] = positionals;

    const text = name === undefined ? overview(commands) : await helpOf(name, commands);
    if (values.json) output.json({ help: text });
    else output.line(text);
    return exitCode.ok;
  },
};

function overview(commands: CommandContext['commands']): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`);
  return `fairlead <command> [arguments] [--json]

${lines.join('\n')}

A command finds its fleet by --fleet DIR|FILE, else by FAIRLEAD_URL and FAIRLEAD_KEY, else by the nearest
.fairlead/dev.json upward.

Exit codes: 0 ok, 1 wrong use, 3 not authenticated, 4 unreachable, 5 tool error, 6 denied, 130 interrupted.`;
}

async function helpOf(name: string, commands: CommandContext['commands']): Promise<string> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined)
    throw new CliError(exitCode.usage, `there is no command "${name}".`, { fix: 'fairlead help' });
  const { command: found } = await entry.load();
  return found.help;
}
