import { createToolHarness, type ToolHarness } from '@fairlead/server-kit/testing';
import { createLogger, Secret, systemClock } from '@fairlead/server-kit/runtime';
import { withConnection } from '@fairlead/testkit/parts';
import { createTestDatabase } from '@fairlead/testkit/vitest';
import { loadModule } from 'libpg-query';
import {
  createPostgresDatabase,
  type PostgresDatabase,
  type PostgresDatabaseOptions,
} from '../../../src/adapters/postgres/postgres-database.ts';
import { createDatabases } from '../../../src/adapters/postgres/postgres-databases.ts';
import type { QueryLimits } from '../../../src/deps.ts';
import { tool as describeSchema } from '../../../src/tools/describe-schema.ts';
import { tool as queryDatabase } from '../../../src/tools/query-database.ts';
import { canarySql } from './sample-schema.ts';

/** How a sample differs from the defaults of the settings. */
export interface SampleOptions {
  readonly limits?: Partial<QueryLimits>;
  readonly database?: Partial<Omit<PostgresDatabaseOptions, 'source'>>;
  /** As whom the server reads. Default: `mcp_ro`. */
  readonly as?: 'reader' | 'superuser';
}

/** The real tools on a real database: a copy of the demo with canaries. */
export interface Sample extends AsyncDisposable {
  readonly harness: ToolHarness;
  readonly database: PostgresDatabase;
  readonly adminUrl: string;
  /** Runs a statement as superuser and answers its rows. */
  admin(sql: string): Promise<readonly Record<string, unknown>[]>;
  query(sql: string, more?: Readonly<Record<string, unknown>>): ReturnType<ToolHarness['call']>;
}

const defaultLimits: QueryLimits = { rowsMax: 100, bytesMax: 262_144, cellBytesMax: 4_096, pageOffsetMax: 10_000 };

/** Makes a sample; its database is dropped when its scope ends. */
export async function createSample(options: SampleOptions = {}): Promise<Sample> {
  await loadModule();
  const copy = await createTestDatabase();
  const admin = (sql: string): Promise<readonly Record<string, unknown>[]> =>
    withConnection(copy.adminUrl, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);
  await admin(canarySql);
  const database = openDatabase(options.as === 'superuser' ? copy.adminUrl : copy.readOnlyUrl, options.database);
  const harness = createDataHarness(database, options.limits);
  return {
    harness,
    database,
    adminUrl: copy.adminUrl,
    admin,
    query: (sql, more) => harness.call('query_database', { sql, ...more }),
    async [Symbol.asyncDispose]() {
      await database.close();
      await copy[Symbol.asyncDispose]();
    },
  };
}

/** The database adapter with the default settings. */
export function openDatabase(
  url: string,
  options: Partial<Omit<PostgresDatabaseOptions, 'source'>> = {},
): PostgresDatabase {
  return createPostgresDatabase({
    source: { id: 'main', description: 'The shop.', url: new Secret(url), schemas: ['public'] },
    roleCheck: 'enforce',
    connectionsMax: 5,
    connectionsPerPrincipalMax: 2,
    statementTimeoutMs: 10_000,
    costMax: 10_000_000,
    clock: systemClock,
    log: createLogger({ name: 'data', level: 'silent' }),
    onRoleFaults: () => undefined,
    ...options,
  });
}

/** The database tools on one database. */
export function createDataHarness(database: PostgresDatabase, limits: Partial<QueryLimits> = {}): ToolHarness {
  return createToolHarness({
    tools: [queryDatabase, describeSchema],
    deps: {
      databases: createDatabases([database]),
      files: undefined,
      limits: { ...defaultLimits, ...limits },
      clock: systemClock,
    },
  });
}
