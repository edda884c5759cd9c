import type { JsonObject } from './client-kind.ts';

/** A server's place in a client's config. */
export interface ServerPlace {
  readonly section: string;
  readonly name: string;
  readonly entry: JsonObject;
}

/** Puts one server into a client's config and leaves everything else, other servers too, as it is. */
export function mergeClientConfig(config: JsonObject, { section, name, entry }: ServerPlace): JsonObject {
  const servers = config[section];
  return { ...config, [section]: { ...(isObject(servers) ? servers : {}), [name]: entry } };
}

/** What the config now holds under the server's name; nothing when it is not there. */
export function existingEntry(config: JsonObject, { section, name }: Omit<ServerPlace, 'entry'>): unknown {
  const servers = config[section];
  return isObject(servers) ? servers[name] : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
