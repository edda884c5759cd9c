import { ServiceError, type Clock, type HealthState, type Logger } from '@fairlead/server-kit/runtime';
import type { Database } from '../../deps.ts';
import { createCatalogCache } from './catalog-cache.ts';
import { createConnectionPool } from './connection-pool.ts';
import { createCostGuard } from './cost-guard.ts';
import type { DatabaseSource } from './database-source.ts';
import { readRows } from './read-rows.ts';
import { readSchema } from './read-schema.ts';
import { createReadTransactions } from './read-transactions.ts';
import { createRoleCheck, type RoleCheckMode } from './role-check.ts';
import { serviceCaller } from './service-caller.ts';

/** What a database is made from. */
export interface PostgresDatabaseOptions {
  readonly source: DatabaseSource;
  readonly roleCheck: RoleCheckMode;
  readonly connectionsMax: number;
  readonly connectionsPerPrincipalMax: number;
  readonly statementTimeoutMs: number;
  /** Most expensive plan that may run; 0 lets every plan run. */
  readonly costMax: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told how many rights too many the role has, each time it is looked at. */
  readonly onRoleFaults: (count: number) => void;
}

/** A database that knows how to stop and how it is. */
export interface PostgresDatabase extends Database {
  health(signal: AbortSignal): Promise<HealthState>;
  close(): Promise<void>;
}

/** Puts the walls around one Postgres database: role check, guard, cost, read-only transaction, caps. */
export function createPostgresDatabase(options: PostgresDatabaseOptions): PostgresDatabase {
  const { source, clock, log } = options;
  const { id, description, schemas } = source;
  const pool = createConnectionPool(options);
  const transactions = createReadTransactions({ pool, database: id, clock, log });
  const roleCheck = createRoleCheck({
    transactions,
    database: id,
    mode: options.roleCheck,
    clock,
    log,
    onFaults: options.onRoleFaults,
  });
  const catalogs = createCatalogCache({ transactions, schemas, clock });
  const costGuard = createCostGuard({ costMax: options.costMax, clock });

  return {
    info: { id, description, schemas },
    async guard() {
      await roleCheck.pass();
      return (await catalogs.current()).guard;
    },
    async read(statement, caller) {
      await roleCheck.pass();
      const { typeNames } = await catalogs.current();
      return transactions.run(caller, async (client) => {
        await costGuard.check(client, statement);
        return readRows(client, statement, { signal: caller.signal, typeNames });
      });
    },
    async describe(question, caller) {
      await roleCheck.pass();
      return transactions.run(caller, (client) => readSchema(client, schemas, question));
    },
    async describeTable({ schema, table }, caller) {
      await roleCheck.pass();
      return transactions.run(caller, async (client) => {
        for (const objectType of ['table', 'view', 'materialized_view'] as const) {
          const page = await readSchema(client, schemas, { objectType, detail: 'full', schema, table, limit: 1 });
          if (page.objects[0] !== undefined) return page.objects[0];
        }
        return undefined;
      });
    },
    async health(signal) {
      // Connections that are lent are answering somebody, or their time limit is about to end.
      if (pool.isFull()) return { status: 'up' };
      try {
        await roleCheck.pass();
        await transactions.run(serviceCaller(signal), (client) => client.query('select 1'));
        return { status: 'up' };
      } catch (error) {
        if (ServiceError.is(error)) return { status: 'down', reason: error.publicMessage };
        throw error;
      }
    },
    close: () => pool.close(),
  };
}
