import type { Principal } from '@fairlead/contracts';
import type { ServerView, Snapshot } from '../catalog/snapshot.ts';
import { mayMatchPrefix } from './glob-overlap.ts';
import { visible } from './decide.ts';

/**
 * Whether the route of a server exists for a caller: it shows at least one item, or its lists are not known yet and the
 * caller's globs reach into it. For all others it answers like a route that nobody has (06 N04).
 */
export function mayReach(snapshot: Snapshot, principal: Principal, server: ServerView): boolean {
  if (snapshot.access.of(principal).grantOf([`server:${server.name}`]) !== undefined) return true;
  if (server.listing !== undefined)
    return Object.values(server.route.items)
      .flat()
      .some((item) => visible(snapshot, principal, item));
  return principal.allow.some((glob) => prefixesOf(server).some((prefix) => mayMatchPrefix(glob, prefix)));
}

function prefixesOf({ name, config }: ServerView): readonly string[] {
  const byName = [`tool:${name}__`, `prompt:${name}__`, `resource:${name}:`];
  return config.trust === 'internal' ? [...byName, `${config.area ?? name}:`] : byName;
}
