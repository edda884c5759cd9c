import { existsSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { fleetOptions, type Command, type CommandContext } from '../command.ts';
import type { ClientKind, ConnectTarget, StdioCommand } from '../connect/client-kind.ts';
import { clientKinds } from '../connect/client-kinds.ts';
import { readClientConfig, writeClientConfig } from '../connect/config-file.ts';
import { existingEntry, mergeClientConfig } from '../connect/merge-client-config.ts';
import { exitCode } from '../exit-code.ts';
import { chooseKey, type KeyChoice } from '../fleet/choose-key.ts';
import { findFleet } from '../fleet/find-fleet.ts';
import type { Fleet } from '../fleet/fleet.ts';

const help = `fairlead connect claude-code|claude-desktop|vscode|cursor [--print] [--name NAME] [--as ROLE|--key KEY]
                 [--fleet DIR] [--json]

Tells an AI client of the gateway, in the client's own config file. Other servers stay as they are; the file that was
there is kept beside it. --print shows the entry and writes nothing. NAME is "fairlead" unless given.`;

/** `fairlead connect`. */
export const command: Command = {
  help,
  async run(argv, context) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        ...fleetOptions,
        print: { type: 'boolean', default: false },
        name: { type: 'string', default: 'fairlead' },
      },
    });
    const kind = findKind(positionals[0]);
    const fleet = findFleet(values.fleet, context);
    const target = toTarget(fleet, values, context);
    const file = kind.configFile({ ...context, platform: process.platform });

    if (values.print) print({ kind, target, file, isJson: values.json }, context);
    else connect({ kind, target, file, isJson: values.json }, context);
    return exitCode.ok;
  },
};

function findKind(name: string | undefined): ClientKind {
  const kind = name !== undefined && Object.hasOwn(clientKinds, name) ? clientKinds[name] : undefined;
  if (kind !== undefined) return kind;
  const message = name === undefined ? 'say which client to connect.' : `there is no client "${name}".`;
  throw new CliError(exitCode.usage, message, { fix: `fairlead connect ${Object.keys(clientKinds).join('|')}` });
}

function toTarget(fleet: Fleet, values: KeyChoice & { readonly name: string }, context: CommandContext): ConnectTarget {
  const key = chooseKey(fleet, values);
  return {
    name: values.name,
    url: fleet.url,
    mcp: fleet.mcp,
    key,
    stdio: stdioCommand(fleet, { ...values, key }, context),
  };
}

/** Absolute paths, because a desktop program has another folder and another PATH than this shell. */
function stdioCommand(fleet: Fleet, { as, key }: KeyChoice & { key: string }, { root }: CommandContext): StdioCommand {
  const ownNode = path.join(root, 'node_modules', '.bin', 'node');
  const launcher = path.join(root, 'packages', 'cli', 'bin', 'fairlead.mjs');
  const role = as === undefined ? [] : ['--as', as];
  const isLocal = fleet.dev !== undefined;
  return {
    command: existsSync(ownNode) ? ownNode : process.execPath,
    args: [launcher, 'stdio', ...(isLocal ? ['--fleet', fleet.source, ...role] : [])],
    // A local fleet's demo key is read when the client starts us; any other has to be told.
    env: isLocal ? {} : { FAIRLEAD_URL: fleet.url, FAIRLEAD_KEY: key },
  };
}

interface Connecting {
  readonly kind: ClientKind;
  readonly target: ConnectTarget;
  readonly file: string;
  readonly isJson: boolean;
}

function print({ kind, target, file, isJson }: Connecting, { output }: CommandContext): void {
  const config = { [kind.section]: { [target.name]: kind.entry(target) } };
  const ownCommand = kind.ownCommand?.(target);
  if (isJson) {
    output.json({ file, config, command: ownCommand });
    return;
  }
  output.note(ownCommand === undefined ? `For ${file}:` : `Run this, or put what follows into ${file}:`);
  if (ownCommand !== undefined) output.line(`${ownCommand}\n`);
  output.line(JSON.stringify(config, undefined, 2));
}

function connect({ kind, target, file, isJson }: Connecting, { output }: CommandContext): void {
  const place = { section: kind.section, name: target.name, entry: kind.entry(target) };
  const before = readClientConfig(file);
  const isDone = isDeepStrictEqual(existingEntry(before, place), place.entry);
  const backup = isDone ? undefined : writeClientConfig(file, mergeClientConfig(before, place), new Date());
  if (isJson) {
    output.json({ file, status: isDone ? 'unchanged' : 'written', backup });
    return;
  }
  output.line(isDone ? `${kind.title} is connected already: ${file}` : `${kind.title} is connected: ${file}`);
  if (backup !== undefined) output.line(`  what was there before: ${backup}`);
  output.line(`  ${kind.next}`);
  if (JSON.stringify(place.entry).includes(target.key)) output.note('The file holds a key: do not commit it.');
}
