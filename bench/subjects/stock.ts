// The SDK's own handler, used as its documentation shows: `createMcpHandler` behind `toNodeHandler`, the tools registered
// by the factory, the schemas at module scope.
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { toolInput, toolNames, toolOutput, toolTexts } from './benchmark-tool.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';
import { announceReady } from './ready-line.ts';

const names = toolNames();
const handle = toNodeHandler(createMcpHandler(createStockServer));
const server = createServer((request, response) => {
  // The handler's type wants these two, which Node's own type leaves open.
  const { method = 'GET', url = '/' } = request;
  void handle(Object.assign(request, { method, url }), response);
});
announceReady({ url: `${await listenOnLoopback(server)}/mcp` });

function createStockServer(): McpServer {
  const mcp = new McpServer({ name: 'bench-stock', version: '1.0.0' });
  for (const name of names) {
    mcp.registerTool(name, { ...toolTexts, inputSchema: toolInput, outputSchema: toolOutput }, ({ a, b }) => ({
      content: [{ type: 'text', text: `sum: ${a + b}` }],
      structuredContent: { sum: a + b },
    }));
  }
  return mcp;
}
