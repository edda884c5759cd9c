import {
  Client,
  ProtocolError,
  SdkHttpError,
  StreamableHTTPClientTransport,
  type VersionNegotiationMode,
} from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { clientInfo, type ConnectOptions, type StdioCommand } from './connect-options.ts';
import { McpCallError } from './mcp-call-error.ts';
import type { McpClient } from './mcp-client.ts';
import { toMcpClient, type SdkCalls } from './to-mcp-client.ts';

/**
 * Which era the client of SDK v2 asks for: `legacy` initializes as ever, `auto` asks the server and falls back, a revision
 * is pinned and nothing else accepted.
 */
export type McpMode = 'legacy' | 'auto' | '2026-07-28';

/** How to connect the client of SDK v2. */
export interface ConnectV2Options extends ConnectOptions {
  /** Default `auto`. */
  readonly mode?: McpMode;
}

/**
 * Connects the client of SDK v2 (`@modelcontextprotocol/client`) over Streamable HTTP.
 *
 * @throws McpCallError when the server refuses, or does not speak the pinned revision.
 */
export async function connectV2(
  url: string,
  { headers = {}, mode = 'auto' }: ConnectV2Options = {},
): Promise<McpClient> {
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { ...headers } } });
  return connect(transport, { mode, endConnection: () => endSession(transport) });
}

/** Starts a command and connects the client of SDK v2 over its standard streams. The command ends with the client. */
export async function connectV2Stdio(command: StdioCommand & { readonly mode?: McpMode }): Promise<McpClient> {
  const transport = new StdioClientTransport({
    command: command.command,
    args: [...(command.args ?? [])],
    stderr: 'ignore',
    ...(command.env === undefined ? {} : { env: { ...command.env } }),
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
  });
  return connect(transport, { mode: command.mode ?? 'auto', endConnection: async () => {} });
}

interface ConnectParts {
  readonly mode: McpMode;
  readonly endConnection: () => Promise<void>;
}

async function connect(
  transport: StreamableHTTPClientTransport | StdioClientTransport,
  { mode, endConnection }: ConnectParts,
): Promise<McpClient> {
  const client = new Client(clientInfo, { versionNegotiation: { mode: negotiationMode(mode) } });
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
  const era = client.getProtocolEra() ?? 'legacy';
  return toMcpClient(sdkCalls(client, close), { sdk: 'v2', era, instructions: client.getInstructions() });
}

function negotiationMode(mode: McpMode): VersionNegotiationMode {
  return mode === 'legacy' || mode === 'auto' ? mode : { pin: mode };
}

function sdkCalls(client: Client, close: () => Promise<void>): SdkCalls {
  // The client would answer from its cache while an answer is fresh; a test wants to see the server.
  const fresh = { cacheMode: 'refresh' } as const;
  return {
    listTools: (page) => client.listTools(page, fresh),
    callTool: (params, options) => client.callTool(params, options),
    listResources: (page) => client.listResources(page, fresh),
    listResourceTemplates: (page) => client.listResourceTemplates(page, fresh),
    readResource: (params) => client.readResource(params, fresh),
    listPrompts: (page) => client.listPrompts(page, fresh),
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
  if (cause instanceof ProtocolError)
    return new McpCallError(cause.message, { code: cause.code, data: cause.data, cause });
  const message = cause instanceof Error ? cause.message : String(cause);
  return new McpCallError(message, { httpStatus: httpStatusOf(cause), cause });
}

/** The negotiation wraps the error of the transport. */
function httpStatusOf(error: unknown): number | undefined {
  if (error instanceof SdkHttpError) return error.status;
  return error instanceof Error ? httpStatusOf(error.cause) : undefined;
}
