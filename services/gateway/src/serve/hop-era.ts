import type { ServerView } from '../catalog/snapshot.ts';
import type { Era } from '../wire/protocol.ts';
import type { RequestCall } from './call.ts';

/** The era in which a server is reached for a client: the client's own where the server takes it, else the other one. */
export function hopEra({ listing }: ServerView, clientEra: Era): Era {
  if (listing === undefined || listing.serves.includes(clientEra)) return clientEra;
  return clientEra === 'modern' ? 'legacy' : 'modern';
}

/**
 * The era in which one call is made. A server of both eras can ask an older client, and send it log notices, only in the
 * newer one: without a session of its own it has no way back in the older.
 */
export function callEra({ era, session }: RequestCall, server: ServerView): Era {
  const own = hopEra(server, era);
  if (own === 'modern' || session === undefined || server.listing?.serves.includes('modern') !== true) return own;
  const { facts, live } = session;
  return Object.keys(facts.capabilities).length > 0 || live.logLevel !== undefined ? 'modern' : own;
}
