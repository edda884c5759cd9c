import { setTimeout as delay } from 'node:timers/promises';
import { completable } from '@modelcontextprotocol/sdk/server/completable.js';
import { McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import { McpError, type ServerNotification, type ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { BridgeEvents } from './bridge-events.ts';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** A server on SDK v1 with what the bridge carries; the same surface as `createBridgeV2Server`. */
export function createBridgeV1Server(events: BridgeEvents): McpServer {
  const server = new McpServer(
    { name: 'older', version: '1.0.0' },
    { instructions: 'An older server.', capabilities: { logging: {} } },
  );
  server.registerTool(
    'echo',
    { inputSchema: { text: z.string() }, outputSchema: { text: z.string() } },
    ({ text }) => ({
      content: [{ type: 'text', text }],
      structuredContent: { text },
    }),
  );
  server.registerTool('boom', { inputSchema: {} }, () => ({
    isError: true,
    content: [{ type: 'text', text: 'boom' }],
  }));
  server.registerTool('count', { inputSchema: { steps: z.number() } }, async ({ steps }, extra) => {
    const progressToken = extra._meta?.progressToken;
    for (let step = 1; step <= steps; step += 1) {
      if (progressToken !== undefined)
        await extra.sendNotification({ method: 'notifications/progress', params: { progressToken, progress: step } });
    }
    return { content: [{ type: 'text', text: `counted ${steps}` }] };
  });
  server.registerTool('log', { inputSchema: {} }, async (_args, extra) => {
    for (const level of ['debug', 'warning'] as const)
      await extra.sendNotification({ method: 'notifications/message', params: { level, data: `a ${level} line` } });
    return { content: [{ type: 'text', text: 'logged' }] };
  });
  server.registerTool('hang', { inputSchema: {} }, async (_args, extra) => {
    events.push('began');
    await delay(30_000, undefined, { signal: extra.signal }).catch(() => undefined);
    events.push('cancelled');
    return { content: [] };
  });
  const ask = async (extra: Extra, message: string): Promise<string> => {
    events.push('asked');
    const answer = await extra.sendRequest(
      { method: 'elicitation/create', params: { message, requestedSchema: { type: 'object', properties: {} } } },
      z.looseObject({ action: z.string() }),
    );
    events.push(`answered ${answer.action}`);
    return answer.action;
  };
  // Any argument is taken, so that a test can send other ones.
  server.registerTool('ask', { inputSchema: z.looseObject({}) }, async (_args, extra) => ({
    content: [{ type: 'text', text: await ask(extra, 'Sure?') }],
  }));
  server.registerTool('ask_twice', { inputSchema: {} }, async (_args, extra) => {
    const first = await ask(extra, 'First?');
    return { content: [{ type: 'text', text: `${first}, ${await ask(extra, 'Second?')}` }] };
  });
  server.registerResource('note', new ResourceTemplate('older://{id}', { list: undefined }), {}, (uri, { id }) => {
    if (id === 'none') throw new McpError(-32_002, 'Resource not found', { uri: uri.href });
    return { contents: [{ uri: uri.href, text: `note ${String(id)}` }] };
  });
  server.registerPrompt(
    'greet',
    { argsSchema: { name: completable(z.string(), () => ['Ana', 'Ben']) } },
    ({ name }) => ({ messages: [{ role: 'user', content: { type: 'text', text: `Greet ${name}` } }] }),
  );
  return server;
}
