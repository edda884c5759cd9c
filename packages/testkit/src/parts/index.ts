/** Public names of `@fairlead/testkit/parts`: real parts as processes. Adding a line here is adding API. */
export { createDatabase, dropDatabase, type CreateDatabaseOptions } from './postgres/create-database.ts';
export { databaseUrl, type DatabaseLogin } from './postgres/database-url.ts';
export { ensureDatabase, type OwnedDatabase } from './postgres/ensure-database.ts';
export type { PostgresAccount } from './postgres/postgres-account.ts';
export { startPostgres, type Postgres, type PostgresOptions } from './postgres/start-postgres.ts';
export { withConnection } from './postgres/with-connection.ts';
export { partNames, probePart, type PartName, type PartProbe, type ProbeOptions } from './probe.ts';
export {
  startProcess,
  type ProcessExit,
  type ProcessOptions,
  type ReadyWhen,
  type StartedProcess,
} from './start-process.ts';
