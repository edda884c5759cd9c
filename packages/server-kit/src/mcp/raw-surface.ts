import type {
  CallToolResult,
  GetPromptResult,
  InputRequiredResult,
  McpServer,
  ServerCapabilities,
  ServerContext,
  ServerOptions,
} from '@modelcontextprotocol/server';
import type { WireTool } from '../tools/wire-tool.ts';
import type { Era } from './protocol.ts';

/** One prompt as `prompts/list` sends it. */
export interface WirePrompt {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly _meta?: Readonly<Record<string, unknown>>;
  readonly arguments?: readonly { readonly name: string; readonly description?: string; readonly required?: boolean }[];
}

/**
 * Tools and prompts that are served by the SDK's own object and get its context. Only for a fixture that must use what
 * our own tools never use: sampling, roots, protocol logging (03 P-17, §6). Every principal sees them.
 */
export interface RawSurface {
  readonly capabilities?: ServerCapabilities;
  readonly serverOptions?: Pick<ServerOptions, 'requestState' | 'inputRequired'>;
  tools(): readonly WireTool[];
  callTool(
    call: { name: string; arguments: Readonly<Record<string, unknown>> },
    context: ServerContext,
    server: McpServer,
  ): Promise<CallToolResult | InputRequiredResult>;
  prompts(): readonly WirePrompt[];
  getPrompt(
    call: { name: string; arguments: Readonly<Record<string, string>> },
    context: ServerContext,
  ): Promise<GetPromptResult | InputRequiredResult>;
  /** Runs once for each SDK object, after the kit's own handlers are in place. */
  install?(server: McpServer, era: Era): void;
}
