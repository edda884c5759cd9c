import type { Databases } from '../../deps.ts';
import type { PostgresDatabase } from './postgres-database.ts';

/** The configured databases by their ids, the default first. */
export function createDatabases(databases: readonly PostgresDatabase[]): Databases {
  const byId = new Map(databases.map((database) => [database.info.id, database]));
  const list = databases.map((database) => database.info);
  return { list: () => list, find: (id) => byId.get(id) };
}
