import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CallToolRequestSchema,
  CallToolResultSchema,
  ErrorCode,
  ListToolsRequestSchema,
  ListToolsResultSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js';
import type { StateCodec } from '../state-codec.ts';
import type { Surface } from '../surface.ts';
import { askByRequest } from './ask-by-request.ts';

/**
 * Registers the tools of the surface. By the handlers of SDK v1 and not by its `registerTool`, because that takes zod
 * schemas only, and the suite looks for JSON Schema 2020-12 as it was written.
 */
export function registerV1Tools({ server }: McpServer, { tools }: Surface, codec: StateCodec): void {
  const listed = ListToolsResultSchema.parse({ tools: [...tools.values()].map(({ wire }) => wire) });
  server.registerCapabilities({ tools: { listChanged: true } });
  server.setRequestHandler(ListToolsRequestSchema, () => listed);
  server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: input = {} } }, extra) => {
    const tool = tools.get(name);
    if (tool === undefined) throw new McpError(ErrorCode.InvalidParams, `unknown tool ${name}`);
    return CallToolResultSchema.parse(await askByRequest((context) => tool.run(input, context), extra, codec));
  });
}
