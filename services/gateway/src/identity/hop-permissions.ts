import type { Principal, ServerConfig } from '@fairlead/contracts';
import { compileGlob } from '@fairlead/server-kit/identity';
import type { ServerView } from '../catalog/snapshot.ts';
import type { AccessSet } from '../policy/access-set.ts';
import { mayMatchPrefix } from '../policy/glob-overlap.ts';

/**
 * The permissions that a hop token gives to a caller at one of our own services: what the caller's visible items there
 * ask for, and the caller's globs that lie in the service's area (`*` becomes `<area>:*`). No glob that a `deny` touches
 * goes along: then only the concrete permissions do.
 */
export function hopPermissions(server: ServerView, principal: Principal, access: AccessSet): readonly string[] {
  const prefix = `${server.config.area ?? server.name}:`;
  const { tool, prompt, resource, template } = server.route.items;
  const visible = [...tool, ...prompt, ...resource, ...template].filter((item) => access.ruleOf(item) !== undefined);
  const concrete = visible.flatMap(({ areaPermission }) => areaPermission ?? []);
  const isTouched = principal.deny.some((glob) => mayMatchPrefix(glob, prefix));
  const globs = isTouched ? [] : principal.allow.flatMap((glob) => inArea(glob, prefix));
  return [...new Set([...globs, ...concrete])].toSorted();
}

/** A service's audience in hop tokens (01 §6). */
export function hopAudience(server: string): string {
  return `fairlead:${server}`;
}

/** Whether a server is one of ours, and so gets the signed identity. */
export function isInternal({ trust }: ServerConfig): boolean {
  return trust === 'internal';
}

function inArea(glob: string, prefix: string): readonly string[] {
  if (glob.startsWith(prefix)) return [glob];
  return compileGlob(glob)(`${prefix}*`) ? [`${prefix}*`] : [];
}
