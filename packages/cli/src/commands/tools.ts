import { parseArgs } from 'node:util';
import { metaKeys } from '@fairlead/contracts';
import { CliError } from '../cli-error.ts';
import { fleetOptions, type Command, type CommandContext } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { listTools, type ListedTool } from '../mcp/list-tools.ts';
import { openConnection } from '../mcp/open-connection.ts';

const help = `fairlead tools list [--server NAME] [--as ROLE|--key KEY] [--fleet DIR] [--json]
fairlead tools show <server>__<tool> [--as ROLE|--key KEY] [--fleet DIR] [--json]

Lists the tools that the key may call, or shows one with its fields. A tool that the key may not call does not exist
for it.`;

/** `fairlead tools`. */
export const command: Command = {
  help,
  async run(argv, context) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { ...fleetOptions, server: { type: 'string' } },
    });
    const [action, name] = positionals;
    if (action !== 'list' && action !== 'show') {
      throw new CliError(exitCode.usage, 'say what to do: list or show.', { fix: 'fairlead tools list' });
    }
    if (action === 'show' && name === undefined) {
      throw new CliError(exitCode.usage, 'say which tool to show.', { fix: 'fairlead tools list' });
    }

    const tools = await listTools(openConnection(values, context), context.signal);

    if (name === undefined) printList(ofServer(tools, values.server), values.json, context);
    else printTool(findTool(tools, name), values.json, context);
    return exitCode.ok;
  },
};

function ofServer(tools: readonly ListedTool[], server: string | undefined): readonly ListedTool[] {
  return server === undefined ? tools : tools.filter((tool) => tool.name.startsWith(`${server}__`));
}

/**
 * Finds a tool by its name on the wire.
 *
 * @throws CliError (denied) when it is not listed: unknown and forbidden look alike (04 G-34).
 */
export function findTool(tools: readonly ListedTool[], name: string): ListedTool {
  const found = tools.find((tool) => tool.name === name);
  if (found !== undefined) return found;
  throw new CliError(exitCode.denied, `there is no tool "${name}" for this key.`, { fix: 'fairlead tools list' });
}

function printList(tools: readonly ListedTool[], isJson: boolean, { output }: CommandContext): void {
  if (isJson) {
    output.json(tools);
    return;
  }
  const width = Math.max(0, ...tools.map((tool) => tool.name.length));
  for (const tool of tools) {
    output.line(`${tool.name.padEnd(width)}  ${effectOf(tool).padEnd(11)}  ${firstSentence(tool.description)}`);
  }
  if (tools.length === 0) output.note('fairlead: no tool is there for this key.\n  fix: fairlead status');
}

function printTool(tool: ListedTool, isJson: boolean, { output }: CommandContext): void {
  if (isJson) {
    output.json(tool);
    return;
  }
  output.line(`${tool.name}  (${effectOf(tool)})`);
  if (tool.description !== undefined) output.line(`  ${tool.description}`);
  output.line(JSON.stringify(tool.inputSchema, undefined, 2));
}

function effectOf(tool: ListedTool): string {
  const meta = tool['_meta'];
  const known =
    typeof meta === 'object' && meta !== null ? new Map(Object.entries(meta)).get(metaKeys.effect) : undefined;
  return typeof known === 'string' ? known : 'unknown';
}

function firstSentence(text = ''): string {
  return /^[^.\n]*\.?/.exec(text)?.[0] ?? '';
}
