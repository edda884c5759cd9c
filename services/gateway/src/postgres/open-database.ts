import type { Logger, Secret } from '@fairlead/server-kit/runtime';
import type { Pool } from 'pg';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

/** Connections of one gateway. What it writes waits for no caller, so a few are enough. */
const CONNECTIONS_MAX = 4;
const CONNECT_MS_MAX = 2_000;
/** Longest statement, ended by the server; a little later by us, for a server that is frozen and ends nothing. */
const STATEMENT_MS_MAX = 5_000;
const ANSWER_MS_MAX = 6_000;
const IDLE_MS_MAX = 30_000;

/** Where the platform's database is. */
export interface DatabaseOptions {
  readonly url: Secret;
  readonly log: Logger;
}

/**
 * Opens the platform's database. Nothing is connected, and the driver is not even loaded, before the first statement: a
 * database that is down delays no start. The first statement brings the tables up to date.
 */
export function openDatabase(options: DatabaseOptions): Database {
  let opening: Promise<Pool> | undefined;
  let opened: Promise<Pool> | undefined;

  /** A database that could not be brought up to date is tried again by the next statement, with the same pool. */
  function open(): Promise<Pool> {
    opening ??= createPool(options);
    opened ??= opening.then(withTables).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  }

  return {
    async query(text, values = []) {
      const pool = await open();
      return (await pool.query<Record<string, unknown>>(text, [...values])).rows;
    },
    async close() {
      await (await opening)?.end();
    },
  };
}

async function withTables(pool: Pool): Promise<Pool> {
  const client = await pool.connect();
  try {
    await migrate(client, migrations);
  } finally {
    client.release();
  }
  return pool;
}

/** The driver is loaded here: a gateway without a database does not carry it. */
async function createPool({ url, log }: DatabaseOptions): Promise<Pool> {
  const { default: driver } = await import('pg');
  const pool = new driver.Pool({
    connectionString: url.reveal(),
    application_name: 'fairlead-gateway',
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    statement_timeout: STATEMENT_MS_MAX,
    query_timeout: ANSWER_MS_MAX,
    idleTimeoutMillis: IDLE_MS_MAX,
    allowExitOnIdle: true,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'database.connection_lost'));
  // A connection that is lent has no other listener, and an `error` event that nobody hears ends the process. The
  // statement that runs on it is told of the loss by the driver.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}
