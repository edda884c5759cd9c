import type { GatewayConfig } from '@fairlead/contracts';

/** What another config does to the servers, by their names. No name stands in two lists. */
export interface ServerChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Those with another address: another server under the same name. */
  readonly moved: readonly string[];
  /** Those of which something else is other than before. */
  readonly changed: readonly string[];
}

/** Compares the servers of two configs. */
export function compareServers(before: GatewayConfig['servers'], after: GatewayConfig['servers']): ServerChanges {
  const shared = Object.keys(after).filter((name) => Object.hasOwn(before, name));
  const moved = shared.filter((name) => before[name]?.url !== after[name]?.url);
  return {
    added: Object.keys(after).filter((name) => !Object.hasOwn(before, name)),
    removed: Object.keys(before).filter((name) => !Object.hasOwn(after, name)),
    moved,
    changed: shared.filter(
      (name) => !moved.includes(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    ),
  };
}
