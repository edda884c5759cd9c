import type { RoleConfig } from '@fairlead/contracts';

/** What a set of roles adds up to. */
export interface ResolvedRoles {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  /** Names that no role has; they grant nothing. */
  readonly unknown: readonly string[];
}

/** Adds up the roles of a principal: the union of what they allow, and of what they deny. */
export function resolveRoles(roles: Readonly<Record<string, RoleConfig>>, names: readonly string[]): ResolvedRoles {
  const allow = new Set<string>();
  const deny = new Set<string>();
  const unknown: string[] = [];
  for (const name of names) {
    // A name such as `constructor` must not find what every object inherits.
    const role = Object.hasOwn(roles, name) ? roles[name] : undefined;
    if (role === undefined) {
      unknown.push(name);
      continue;
    }
    for (const glob of role.allow) allow.add(glob);
    for (const glob of role.deny) deny.add(glob);
  }
  return { allow: [...allow], deny: [...deny], unknown };
}
