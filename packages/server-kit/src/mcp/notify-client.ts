import type { McpServer } from '@modelcontextprotocol/server';
import type { ChangeEvent } from './listen-hub.ts';

/** The client behind one SDK server object. */
export interface NotifiedClient {
  readonly server: McpServer;
  /** URIs that it subscribed to; absent where the SDK itself filters by subscription. */
  readonly subscriptions: ReadonlySet<string> | undefined;
}

/** Sends a change to the one client of an SDK server object. */
export async function notifyClient({ server, subscriptions }: NotifiedClient, event: ChangeEvent): Promise<void> {
  switch (event.kind) {
    case 'tools':
      return server.server.sendToolListChanged();
    case 'prompts':
      return server.server.sendPromptListChanged();
    case 'resources':
      return server.server.sendResourceListChanged();
    case 'resource':
      if (subscriptions?.has(event.uri) ?? true) await server.server.sendResourceUpdated({ uri: event.uri });
  }
}
