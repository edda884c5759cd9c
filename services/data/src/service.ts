import { homedir } from 'node:os';
import { defineService } from '@fairlead/server-kit';
import type { Clock, ConfigValues, HealthCheck } from '@fairlead/server-kit/runtime';
import { loadModule } from 'libpg-query';
import { readDatabasesFile } from './adapters/databases-file.ts';
import { createLocalFiles } from './adapters/files/local-files.ts';
import { resolveRoots } from './adapters/files/real-root.ts';
import type { DatabaseSource } from './adapters/postgres/database-source.ts';
import { createPostgresDatabase, type PostgresDatabase } from './adapters/postgres/postgres-database.ts';
import { createDatabases } from './adapters/postgres/postgres-databases.ts';
import { config, environmentValue } from './config.ts';
import type { DataDeps, Files } from './deps.ts';
import { createDenyRule } from './domain/files/deny-rule.ts';
import { parseFileRoots } from './domain/files/file-roots.ts';
import { errorCodes } from './error-codes.ts';

type Settings = ConfigValues<typeof config>;

/** The data server: databases and files, read-only. */
export const service = defineService<DataDeps, typeof config>({
  name: 'data',
  title: 'Data',
  instructions:
    'Reads Postgres databases and text files. Begin with list_databases and describe_schema, then query_database with one SELECT; aggregate in SQL rather than reading many rows. find_files lists what read_file can read.',
  packageFolder: new URL('../', import.meta.url),
  ports: { mcp: 8081, ops: 9081 },
  config,
  errorCodes,
  defaultToolsets: ['query', 'schema', 'files'],
  tools: new URL('./tools/', import.meta.url),
  resources: new URL('./resources/', import.meta.url),
  prompts: new URL('./prompts/', import.meta.url),
  async setup({ config: settings, log, clock, lifecycle, metrics }) {
    // The parser is WebAssembly that loads once; every statement after that is parsed without waiting.
    await loadModule();
    const roleFaults = metrics.gauge(
      'fairlead_data_role_faults',
      'Rights beyond reading that the role of a database has.',
      ['database'],
    );
    const databases = (await readSources(settings)).map((source) => {
      const database = createPostgresDatabase({
        source,
        roleCheck: settings.DATA_ROLE_CHECK,
        connectionsMax: settings.DATA_POOL_MAX,
        connectionsPerPrincipalMax: settings.DATA_PRINCIPAL_CONCURRENCY,
        statementTimeoutMs: settings.DATA_QUERY_TIMEOUT_MS,
        costMax: settings.DATA_QUERY_MAX_COST,
        clock,
        log,
        onRoleFaults: (count) => roleFaults.set({ database: source.id }, count),
      });
      lifecycle.onStop(`database ${source.id}`, () => database.close());
      return database;
    });
    const limits = {
      rowsMax: settings.DATA_QUERY_MAX_ROWS,
      bytesMax: settings.DATA_QUERY_MAX_BYTES,
      cellBytesMax: settings.DATA_CELL_MAX_BYTES,
      pageOffsetMax: settings.DATA_PAGE_MAX_OFFSET,
    };
    const files = await createFiles(settings, clock);
    return { deps: { databases: createDatabases(databases), files, limits, clock }, health: databases.map(healthOf) };
  },
});

async function readSources({
  DATA_DATABASES_FILE: file,
  DATA_DATABASE_URL: url,
}: Settings): Promise<readonly DatabaseSource[]> {
  if (file !== undefined) return readDatabasesFile(file, { environment: environmentValue });
  return url === undefined ? [] : [{ id: 'main', description: 'The main database.', url, schemas: ['public'] }];
}

async function createFiles(settings: Settings, clock: Clock): Promise<Files | undefined> {
  if (settings.DATA_FILE_ROOTS === undefined) return undefined;
  const roots = await resolveRoots(parseFileRoots(settings.DATA_FILE_ROOTS));
  const extraNames =
    settings.DATA_FILE_DENY?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '') ?? [];
  return createLocalFiles({ roots, deny: createDenyRule(extraNames, homedir()), clock });
}

/** A database that is down only degrades the server: files and other databases are still read. */
function healthOf(database: PostgresDatabase): HealthCheck {
  const { id } = database.info;
  return {
    part: `database ${id}`,
    required: false,
    effect: `query_database and describe_schema of "${id}" answer UPSTREAM_DOWN or CONFIG_MISSING.`,
    check: (signal) => database.health(signal),
  };
}
