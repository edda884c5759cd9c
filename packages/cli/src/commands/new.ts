import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serverName } from '@fairlead/contracts';
import { CliError } from '../cli-error.ts';
import { commonOptions, type Command, type CommandContext } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { copyExample } from '../new-server/copy-example.ts';
import { nextServicePorts, readServicePorts } from '../new-server/service-ports.ts';

const help = `fairlead new server <name> [--from EXAMPLE] [--json]

Copies a tested example to services/<name> and renames it. EXAMPLE is a folder of examples/, "calculator" unless given.
The new server starts with the fleet from the next npm start on.`;

/** `fairlead new`. */
export const command: Command = {
  help,
  async run(argv, context) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { ...commonOptions, from: { type: 'string', default: 'calculator' } },
    });
    const [thing, name] = positionals;
    if (thing !== 'server' || name === undefined) {
      throw new CliError(exitCode.usage, 'say what to make: a server, and its name.', {
        fix: 'fairlead new server tickets',
      });
    }
    const source = exampleFolder(values.from, context);
    const target = newFolder(name, context);
    const own = readServicePorts(source);
    const ports = own === undefined ? undefined : { from: own, to: nextServicePorts(path.dirname(target)) };

    const files = copyExample(source, target, {
      from: values.from,
      to: name,
      ...(ports === undefined ? {} : { ports }),
    });

    const folder = path.relative(context.root, target);
    if (values.json) context.output.json({ name, folder, ports: ports?.to, files });
    else print(name, folder, context);
    return exitCode.ok;
  },
};

function exampleFolder(name: string, { root }: CommandContext): string {
  const folder = path.join(root, 'examples', name);
  const isExample = serverName.safeParse(name).success && existsSync(path.join(folder, 'package.json'));
  if (isExample) return folder;
  throw new CliError(exitCode.usage, `there is no example "${name}".`, { fix: 'ls examples' });
}

function newFolder(name: string, { root }: CommandContext): string {
  const checked = serverName.safeParse(name);
  if (!checked.success) {
    throw new CliError(exitCode.usage, `"${name}" ${checked.error.issues[0]?.message ?? 'is not a server name'}.`, {
      fix: 'fairlead new server my-server',
    });
  }
  const folder = path.join(root, 'services', name);
  if (!existsSync(folder)) return folder;
  throw new CliError(exitCode.usage, `services/${name} is there already.`, { fix: 'choose another name' });
}

function print(name: string, folder: string, { output }: CommandContext): void {
  output.line(`${folder} is made.`);
  output.line('  npx pnpm install --no-frozen-lockfile    # the lockfile learns of the new package');
  output.line(`  npm test -- ${folder}`);
  output.line(`  npm start                                # its tools are called ${name}__<tool>`);
}
