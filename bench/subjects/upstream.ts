// A constant-reply MCP server: it looks at the method only, so that what stands before it is all that is measured. It
// answers calls of both eras, and the few requests by which a gateway discovers a server.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { metaKeys } from '@fairlead/contracts';
import { z } from 'zod';
import { callSum, toolInput, toolNames, toolOutput, toolTexts } from './benchmark-tool.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';
import { readBody } from './read-body.ts';
import { announceReady } from './ready-line.ts';

const message = z.looseObject({ id: z.union([z.string(), z.number()]).optional(), method: z.string() });
const methodNotFound = -32_601;
const results = constantResults();
const server = createServer((request, response) => void answer(request, response));
announceReady({ url: `${await listenOnLoopback(server)}/mcp` });

/** The results by method, as JSON text. `resultType` means nothing to an older client, so both eras get the same text. */
function constantResults(): ReadonlyMap<string, string> {
  const wireTool = {
    ...toolTexts,
    inputSchema: z.toJSONSchema(toolInput),
    outputSchema: z.toJSONSchema(toolOutput),
    _meta: { [metaKeys.permission]: 'upstream:read', [metaKeys.effect]: 'read' },
  };
  const byMethod = {
    'server/discover': { supportedVersions: ['2026-07-28'], capabilities: { tools: {} } },
    'tools/list': { tools: toolNames().map((name) => ({ name, ...wireTool })), ttlMs: 60_000, cacheScope: 'public' },
    'tools/call': {
      content: [{ type: 'text', text: `sum: ${callSum}` }],
      structuredContent: { sum: callSum },
    },
    ping: {},
  };
  return new Map(
    Object.entries(byMethod).map(([method, result]) => [method, JSON.stringify({ resultType: 'complete', ...result })]),
  );
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { id, method } = message.parse(JSON.parse((await readBody(request)).toString('utf8')));
  if (id === undefined) {
    response.writeHead(202).end();
    return;
  }
  const result = results.get(method);
  const outcome =
    result === undefined ? `"error":{"code":${methodNotFound},"message":"Unknown"}` : `"result":${result}`;
  const body = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},${outcome}}`;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
