import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { createStateCodec } from '../state-codec.ts';
import { createSurface } from '../surface.ts';
import { registerV1Prompts } from './register-v1-prompts.ts';
import { registerV1Resources } from './register-v1-resources.ts';
import { registerV1Tools } from './register-v1-tools.ts';

/** Makes the SDK v1 object of one session, with everything that the suite looks for. */
export function createV1Server(): McpServer {
  const server = new McpServer(
    { name: 'v1-fixture', version: '1.0.0' },
    // The SDK serves `logging/setLevel` by itself, if it hears of it here.
    { instructions: 'A test server for the MCP conformance suite, on SDK v1.', capabilities: { logging: {} } },
  );
  const codec = createStateCodec();
  const surface = createSurface(
    { toolsChanged: () => server.sendToolListChanged(), promptsChanged: () => server.sendPromptListChanged() },
    codec,
  );
  registerV1Tools(server, surface, codec);
  registerV1Resources(server);
  registerV1Prompts(server, surface, codec);
  return server;
}
