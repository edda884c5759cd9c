import type { Caller, Database, Databases } from './deps.ts';
import { likePrefix } from './domain/schema/like-prefix.ts';

const namesMax = 100;

/** Ids of databases that begin with `prefix`. */
export function completeDatabases(databases: Databases, prefix: string): readonly string[] {
  return databases
    .list()
    .map((info) => info.id)
    .filter((id) => id.startsWith(prefix))
    .slice(0, namesMax);
}

/** Names of schemas, over all databases, that begin with `prefix`. */
export function completeSchemas(databases: Databases, prefix: string): readonly string[] {
  const names = new Set(databases.list().flatMap((info) => info.schemas));
  return [...names].filter((name) => name.startsWith(prefix)).slice(0, namesMax);
}

/** Names of tables and views of the default database that begin with `prefix` and that its role may read (05 T-12). */
export async function completeTables(databases: Databases, prefix: string, caller: Caller): Promise<readonly string[]> {
  const database = defaultDatabase(databases);
  if (database === undefined) return [];
  const names: string[] = [];
  for (const objectType of ['table', 'view', 'materialized_view'] as const) {
    const page = await database.describe(
      { objectType, detail: 'names', pattern: likePrefix(prefix), limit: namesMax },
      caller,
    );
    names.push(...page.objects.map((object) => object.name));
  }
  return [...new Set(names)].slice(0, namesMax);
}

/** The database that is meant when none is named. */
export function defaultDatabase(databases: Databases): Database | undefined {
  const [first] = databases.list();
  return first === undefined ? undefined : databases.find(first.id);
}
