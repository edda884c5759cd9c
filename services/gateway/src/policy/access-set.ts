import { compileGlob } from '@fairlead/server-kit/identity';
import type { CatalogItem } from '../catalog/item.ts';

/** What one set of permission globs gives in one snapshot. */
export interface AccessSet {
  /** Equal for equal globs: part of the key of every cache of what a caller sees. */
  readonly id: string;
  /** The `allow` glob that shows an item; undefined when it is hidden. One look-up. */
  ruleOf(item: CatalogItem): string | undefined;
  /** The `allow` glob that gives one of several permissions, when no `deny` glob takes one of them. */
  grantOf(permissions: readonly string[]): string | undefined;
  /** Whether a `deny` glob takes one of several permissions. */
  denies(permissions: readonly string[]): boolean;
}

/** The globs of a caller. */
export interface Globs {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

interface Rule {
  readonly glob: string;
  readonly matches: (permission: string) => boolean;
}

/** Works out once what a set of globs gives: `deny` beats `allow`, nothing matched is hidden (04 G-33, G-35). */
export function createAccessSet(items: readonly CatalogItem[], { allow, deny }: Globs): AccessSet {
  const allowed = allow.map(compileRule);
  const denied = deny.map(compileRule);
  const denies = (permissions: readonly string[]): boolean => firstMatch(denied, permissions) !== undefined;
  const grantOf = (permissions: readonly string[]): string | undefined =>
    denies(permissions) ? undefined : firstMatch(allowed, permissions);
  const rules = items.map(({ permissions }) => grantOf(permissions));
  return { id: JSON.stringify([allow, deny]), ruleOf: ({ index }) => rules[index], grantOf, denies };
}

function compileRule(glob: string): Rule {
  return { glob, matches: compileGlob(glob) };
}

function firstMatch(rules: readonly Rule[], permissions: readonly string[]): string | undefined {
  return rules.find(({ matches }) => permissions.some(matches))?.glob;
}
