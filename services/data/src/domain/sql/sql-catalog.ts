/** Schema of everything that Postgres itself brings. */
export const systemSchema = 'pg_catalog';

/** What a database has under the names that a statement may use. A snapshot: the next one is another object. */
export interface SqlCatalog {
  /** Schemas that the operator has listed for this database. */
  readonly schemas: ReadonlySet<string>;
  /**
   * For each function name: the schemas that have it, among `pg_catalog` and the listed ones, and whether all its
   * overloads there are trustworthy. That is: immutable or stable, and part of Postgres or of an extension. A tree
   * knows no argument types, so one bad overload spoils the name (06 S-24).
   */
  readonly functions: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
  /** Names of all relations in `pg_catalog`. It comes first in the search path, so a bare name that is here means it. */
  readonly systemRelations: ReadonlySet<string>;
}
