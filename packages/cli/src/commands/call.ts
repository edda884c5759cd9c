import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CliError } from '../cli-error.ts';
import { fleetOptions, type Command, type CommandContext } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { listTools } from '../mcp/list-tools.ts';
import type { McpConnection } from '../mcp/mcp-connection.ts';
import { openConnection } from '../mcp/open-connection.ts';
import { parameterHeaders } from '../mcp/parameter-headers.ts';
import { RpcFailure } from '../mcp/rpc-failure.ts';
import { parseJsonArguments, parseToolArguments } from '../mcp/tool-arguments.ts';
import { findTool } from './tools.ts';

const help = `fairlead call <server>__<tool> [field=value ...] [--args JSON] [--as ROLE|--key KEY] [--fleet DIR] [--json]

Calls one tool and prints its text, or with --json the whole result. A value is read by the type of its field; a list
is JSON, or the field given several times. field=value wins over the same field of --args.

  fairlead call data__query_database sql='select count(*) from orders'

Exit codes: 5 when the tool answers with an error, 6 when the tool is not there for this key.`;

const toolResult = z.looseObject({
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional(),
});
type ToolResult = z.infer<typeof toolResult>;

/** JSON-RPC code of a tool that is unknown or hidden (04 G-34). */
const invalidParams = -32_602;

/** `fairlead call`. */
export const command: Command = {
  help,
  async run(argv, context) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { ...fleetOptions, args: { type: 'string' } },
    });
    const [name, ...words] = positionals;
    if (name === undefined)
      throw new CliError(exitCode.usage, 'say which tool to call.', { fix: 'fairlead tools list' });
    const base = values.args === undefined ? {} : parseJsonArguments(values.args);

    const result = await callTool({ name, words, base }, openConnection(values, context), context.signal);

    if (values.json) context.output.json(result);
    else printText(result, context);
    return result.isError === true ? exitCode.toolError : exitCode.ok;
  },
};

interface Call {
  readonly name: string;
  readonly words: readonly string[];
  readonly base: Readonly<Record<string, unknown>>;
}

async function callTool(
  { name, words, base }: Call,
  connection: McpConnection,
  signal: AbortSignal,
): Promise<ToolResult> {
  const tool = findTool(await listTools(connection, signal), name);
  const args = { ...base, ...parseToolArguments(words, tool) };
  try {
    const headers = parameterHeaders(tool.inputSchema, args);
    return toolResult.parse(await connection.request('tools/call', { name, arguments: args }, { signal, headers }));
  } catch (error) {
    throw error instanceof RpcFailure ? rpcRefusal(error) : error;
  }
}

function rpcRefusal(failure: RpcFailure): CliError {
  const code: ExitCode = failure.code === invalidParams ? exitCode.denied : exitCode.toolError;
  return new CliError(code, failure.message, { fix: 'fairlead tools list', cause: failure });
}

/** Text blocks as they are; a result without text is shown by its structured part. */
function printText(result: ToolResult, { output }: CommandContext): void {
  const texts = result.content.flatMap((block) => (block.text === undefined ? [`[${block.type}]`] : [block.text]));
  const text = texts.length > 0 ? texts.join('\n') : JSON.stringify(result.structuredContent ?? null, undefined, 2);
  if (result.isError === true) output.note(text);
  else output.line(text);
}
