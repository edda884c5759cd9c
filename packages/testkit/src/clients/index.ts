/** Public names of `@fairlead/testkit/clients`: real MCP clients and plain HTTP. Adding a line here is adding API. */
export type { ConnectOptions, StdioCommand } from './connect-options.ts';
export { connectV1, connectV1Stdio } from './connect-v1.ts';
export { connectV2, connectV2Stdio, type ConnectV2Options, type McpMode } from './connect-v2.ts';
export { McpCallError } from './mcp-call-error.ts';
export type {
  McpCallOptions,
  McpClient,
  McpCompletion,
  McpCompletionRequest,
  McpContent,
  McpEra,
  McpProgress,
  McpPrompt,
  McpPromptResult,
  McpResource,
  McpResourceContents,
  McpResourceTemplate,
  McpTool,
  McpToolResult,
} from './mcp-client.ts';
export { parseServerSentEvents, type ServerSentEvent } from './parse-server-sent-events.ts';
export {
  protocolVersions,
  rawMcp,
  type RawAnswer,
  type RawCall,
  type RawMcp,
  type RawMessage,
  type RawRequest,
  type RawSession,
} from './raw-mcp.ts';
