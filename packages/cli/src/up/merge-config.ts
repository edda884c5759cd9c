/** A value of a YAML or JSON document. */
export type ConfigValue = unknown;

/**
 * Lays one config over another (01 §3): maps merge by key, at every depth; a list or any other value replaces what was
 * there; `null` removes the key.
 */
export function mergeConfig(base: ConfigValue, over: ConfigValue): ConfigValue {
  if (!isMap(base) || !isMap(over)) return isMap(over) ? withoutNulls(over) : over;
  const kept = Object.entries(base).filter(([key]) => !Object.hasOwn(over, key));
  const changed = Object.entries(over)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [key, mergeConfig(Object.hasOwn(base, key) ? base[key] : undefined, value)]);
  return Object.fromEntries([...kept, ...changed]);
}

/** A map that is laid over nothing has nothing to remove. */
function withoutNulls(map: Readonly<Record<string, ConfigValue>>): ConfigValue {
  return mergeConfig({}, map);
}

function isMap(value: ConfigValue): value is Readonly<Record<string, ConfigValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
