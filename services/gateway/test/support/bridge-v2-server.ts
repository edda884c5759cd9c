import { setTimeout as delay } from 'node:timers/promises';
import {
  completable,
  inputRequired,
  McpServer,
  ResourceNotFoundError,
  ResourceTemplate,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { BridgeEvents } from './bridge-events.ts';

/** A server on SDK v2 with what the bridge carries; the same surface as `createBridgeV1Server`. */
export function createBridgeV2Server(events: BridgeEvents): McpServer {
  const server = new McpServer(
    { name: 'newer', version: '1.0.0' },
    { instructions: 'A newer server.', capabilities: { logging: {} } },
  );
  server.registerTool(
    'echo',
    { inputSchema: z.object({ text: z.string() }), outputSchema: z.object({ text: z.string() }) },
    ({ text }) => ({ content: [{ type: 'text', text }], structuredContent: { text } }),
  );
  server.registerTool('boom', { inputSchema: z.object({}) }, () => ({
    isError: true,
    content: [{ type: 'text', text: 'boom' }],
  }));
  server.registerTool('count', { inputSchema: z.object({ steps: z.number() }) }, async ({ steps }, context) => {
    const progressToken = context.mcpReq._meta?.progressToken;
    for (let step = 1; step <= steps; step += 1) {
      if (progressToken !== undefined)
        await context.mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress: step } });
    }
    return { content: [{ type: 'text', text: `counted ${steps}` }] };
  });
  server.registerTool('hang', { inputSchema: z.object({}) }, async (_args, context) => {
    events.push('began');
    await delay(30_000, undefined, { signal: context.mcpReq.signal }).catch(() => undefined);
    events.push('cancelled');
    return { content: [] };
  });
  server.registerTool('ask', { inputSchema: z.object({}) }, (_args, { mcpReq }) => {
    const answer = z.object({ action: z.string() }).safeParse(mcpReq.inputResponses?.['sure']);
    if (answer.success) return { content: [{ type: 'text', text: answer.data.action }] };
    return inputRequired({
      requestState: 'opaque "state" of the server: ä',
      inputRequests: {
        sure: inputRequired.elicit({ message: 'Sure?', requestedSchema: { type: 'object', properties: {} } }),
      },
    });
  });
  server.registerTool('ask_twice', { inputSchema: z.object({}) }, (_args, { mcpReq }) => {
    const { inputResponses = {} } = mcpReq;
    if ('roots' in inputResponses) return { content: [{ type: 'text', text: JSON.stringify(inputResponses) }] };
    if ('sample' in inputResponses) {
      events.push(JSON.stringify(inputResponses));
      return inputRequired({ inputRequests: { roots: inputRequired.listRoots() } });
    }
    return inputRequired({
      inputRequests: {
        sample: inputRequired.createMessage({
          maxTokens: 10,
          messages: [{ role: 'user', content: { type: 'text', text: 'Say hi' } }],
        }),
      },
    });
  });
  server.registerTool('log', { inputSchema: z.object({}) }, async (_args, context) => {
    for (const level of ['debug', 'warning'] as const)
      await context.mcpReq.notify({ method: 'notifications/message', params: { level, data: `a ${level} line` } });
    return { content: [{ type: 'text', text: 'logged' }] };
  });
  server.registerTool('numbers', { inputSchema: z.object({}), outputSchema: z.array(z.number()) }, () => ({
    content: [{ type: 'text', text: '[1,2]' }],
    structuredContent: [1, 2],
  }));
  server.registerTool(
    'shard',
    { inputSchema: z.object({ region: z.string().meta({ 'x-mcp-header': 'Region' }) }) },
    ({ region }) => ({ content: [{ type: 'text', text: region }] }),
  );
  server.registerResource('note', new ResourceTemplate('newer://{id}', { list: undefined }), {}, (uri, { id }) => {
    if (id === 'none') throw new ResourceNotFoundError(uri.href);
    return { contents: [{ uri: uri.href, text: `note ${String(id)}` }] };
  });
  server.registerPrompt(
    'greet',
    { argsSchema: z.object({ name: completable(z.string(), () => ['Ana', 'Ben']) }) },
    ({ name }) => ({ messages: [{ role: 'user', content: { type: 'text', text: `Greet ${name}` } }] }),
  );
  return server;
}
