import type { ServerView } from '../catalog/snapshot.ts';
import type { Era } from '../wire/protocol.ts';

/** The era in which a server is called for a client: the client's own where the server takes it, else the other one. */
export function hopEra({ listing }: ServerView, clientEra: Era): Era {
  if (listing === undefined || listing.serves.includes(clientEra)) return clientEra;
  return clientEra === 'modern' ? 'legacy' : 'modern';
}
