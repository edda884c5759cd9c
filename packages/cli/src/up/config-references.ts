import path from 'node:path';
import type { ConfigValue } from './merge-config.ts';

type ConfigMap = Readonly<Record<string, ConfigValue>>;

/**
 * Makes the relative files that a config names (`from: { file }`, `audit.file`) absolute, so that the config means the
 * same when it is merged into a file of another folder.
 */
export function withAbsoluteFiles(config: ConfigValue, folder: string): ConfigValue {
  if (Array.isArray(config)) return config.map((item: ConfigValue) => withAbsoluteFiles(item, folder));
  if (!isMap(config)) return config;
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      const holdsFile = (key === 'from' || key === 'audit') && isMap(value) && typeof value['file'] === 'string';
      return [key, holdsFile ? absoluteFile(value, folder) : withAbsoluteFiles(value, folder)];
    }),
  );
}

/** The names of the environment variables that a config reads secrets from (`from: { env }`). */
export function environmentReferences(config: ConfigValue): readonly string[] {
  if (Array.isArray(config)) return config.flatMap((item: ConfigValue) => environmentReferences(item));
  if (!isMap(config)) return [];
  return Object.entries(config).flatMap(([key, value]) => {
    if (key === 'from' && isMap(value) && typeof value['env'] === 'string') return [value['env']];
    return environmentReferences(value);
  });
}

function absoluteFile(map: ConfigMap, folder: string): ConfigMap {
  return { ...map, file: path.resolve(folder, String(map['file'])) };
}

function isMap(value: ConfigValue): value is ConfigMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
