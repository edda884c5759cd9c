import { ResourceTemplate, type McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SubscribeRequestSchema, UnsubscribeRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { redPixelPng } from '../media.ts';

/** Registers the resources that the suite reads, by the means of SDK v1. */
export function registerV1Resources(server: McpServer): void {
  registerText(server, 'static-text', 'This is the content of the static text resource.');
  registerText(server, 'watched-resource', 'This resource can be watched.');
  server.registerResource('static-binary', 'test://static-binary', { mimeType: 'image/png' }, ({ href }) => ({
    contents: [{ uri: href, mimeType: 'image/png', blob: redPixelPng }],
  }));
  registerTemplate(server);
  // SDK v1 leaves subscriptions to the server. Nothing here changes, so there is nothing to remember.
  server.server.registerCapabilities({ resources: { subscribe: true } });
  server.server.setRequestHandler(SubscribeRequestSchema, () => ({}));
  server.server.setRequestHandler(UnsubscribeRequestSchema, () => ({}));
}

function registerText(server: McpServer, name: string, text: string): void {
  server.registerResource(name, `test://${name}`, { mimeType: 'text/plain' }, ({ href }) => ({
    contents: [{ uri: href, mimeType: 'text/plain', text }],
  }));
}

function registerTemplate(server: McpServer): void {
  const template = new ResourceTemplate('test://template/{id}/data', {
    list: undefined,
    complete: { id: (prefix) => ['123', '456'].filter((id) => id.startsWith(prefix)) },
  });
  server.registerResource('template', template, { mimeType: 'application/json' }, ({ href }, { id }) => ({
    contents: [
      {
        uri: href,
        mimeType: 'application/json',
        text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` }),
      },
    ],
  }));
}
