import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpError } from '@modelcontextprotocol/sdk/types.js';
import { clientInfo, type ConnectOptions, type StdioCommand } from './connect-options.ts';
import { McpCallError } from './mcp-call-error.ts';
import type { McpClient } from './mcp-client.ts';
import { toMcpClient, type SdkCalls } from './to-mcp-client.ts';

/**
 * Connects the client of SDK v1 (`@modelcontextprotocol/sdk`) over Streamable HTTP. It knows the legacy era only.
 *
 * @throws McpCallError when the server refuses.
 */
export async function connectV1(url: string, { headers = {} }: ConnectOptions = {}): Promise<McpClient> {
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { ...headers } } });
  return connect(transport, () => endSession(transport));
}

/** Starts a command and connects the client of SDK v1 over its standard streams. The command ends with the client. */
export async function connectV1Stdio(command: StdioCommand): Promise<McpClient> {
  const transport = new StdioClientTransport({
    command: command.command,
    args: [...(command.args ?? [])],
    stderr: 'ignore',
    ...(command.env === undefined ? {} : { env: { ...command.env } }),
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
  });
  return connect(transport, async () => {});
}

async function connect(
  transport: StreamableHTTPClientTransport | StdioClientTransport,
  endConnection: () => Promise<void>,
): Promise<McpClient> {
  const client = new Client(clientInfo);
  try {
    await client.connect(transport);
  } catch (error) {
    await client.close();
    throw toCallError(error);
  }
  const close = async (): Promise<void> => {
    await endConnection();
    await client.close();
  };
  return toMcpClient(sdkCalls(client, close), { sdk: 'v1', era: 'legacy', instructions: client.getInstructions() });
}

function sdkCalls(client: Client, close: () => Promise<void>): SdkCalls {
  return {
    listTools: (page) => client.listTools(page),
    callTool: (params, options) => client.callTool(params, undefined, options),
    listResources: (page) => client.listResources(page),
    listResourceTemplates: (page) => client.listResourceTemplates(page),
    readResource: (params) => client.readResource(params),
    listPrompts: (page) => client.listPrompts(page),
    getPrompt: (params) => client.getPrompt(params),
    complete: (params) => client.complete(params),
    close,
    toCallError,
  };
}

/** A server that is gone has no session left to end. */
async function endSession(transport: StreamableHTTPClientTransport): Promise<void> {
  await transport.terminateSession().catch(() => undefined);
}

function toCallError(cause: unknown): McpCallError {
  if (cause instanceof McpError) {
    const message = cause.message.replace(/^MCP error -?\d+: /, '');
    return new McpCallError(message, { code: cause.code, data: cause.data, cause });
  }
  if (cause instanceof StreamableHTTPError) return new McpCallError(cause.message, { httpStatus: cause.code, cause });
  return new McpCallError(cause instanceof Error ? cause.message : String(cause), { cause });
}
