import type { Clock, Logger } from '@fairlead/server-kit/runtime';
import { Client, Pool, type PoolClient } from 'pg';
import { z } from 'zod';
import type { Caller } from '../../deps.ts';
import type { DatabaseSource } from './database-source.ts';
import { connectionError } from './database-error.ts';
import { principalDigest } from './principal-digest.ts';
import { SlotQueue } from './slot-queue.ts';
import { startupOptions } from './startup-options.ts';

const connectMsMax = 3_000;
const idleMsMax = 30_000;
const usesMax = 1_000;
const waitMsMax = 5_000;

/** What a pool is made from. */
export interface ConnectionPoolOptions {
  readonly source: DatabaseSource;
  readonly connectionsMax: number;
  readonly connectionsPerPrincipalMax: number;
  readonly statementTimeoutMs: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A connection that is lent to one call. Exactly one of its two ends is called. */
export interface Lease {
  readonly client: PoolClient;
  /** The server's process behind the connection. */
  readonly backendId: number;
  /** Gives the connection back for the next call; its session must be clean. */
  giveBack(): void;
  /** Closes the connection, and with it whatever still runs or is left in its session. May be called again. */
  destroy(): void;
}

/** Connections of one database, as one role (06 S-85). */
export interface ConnectionPool {
  /** @throws RateLimited `DATA_BUSY`; Unavailable `UPSTREAM_DOWN` or `UPSTREAM_AUTH`. */
  lease(caller: Caller): Promise<Lease>;
  /** Whether every connection is lent. */
  isFull(): boolean;
  /** Ends the statement that a backend is running, over a connection of its own: the pool may be full (06 S-84). */
  cancel(backendId: number): Promise<void>;
  close(): Promise<void>;
}

const backendRow = z.tuple([z.object({ pid: z.int() })]);

/** Makes a pool. It connects when the first call needs it. */
export function createConnectionPool(options: ConnectionPoolOptions): ConnectionPool {
  const { source, clock, log } = options;
  const config = clientConfig(options);
  const pool = new Pool({
    ...config,
    max: options.connectionsMax,
    idleTimeoutMillis: idleMsMax,
    maxUses: usesMax,
    allowExitOnIdle: true,
  });
  const slots = new SlotQueue({
    slotsMax: options.connectionsMax,
    slotsPerKeyMax: options.connectionsPerPrincipalMax,
    waitMsMax,
    clock,
    database: source.id,
  });
  const backendIds = new WeakMap<PoolClient, number>();
  pool.on('error', (error) => log.warn({ database: source.id, err: error }, 'connection.lost'));
  // A connection that is lent has no other listener, and an `error` event that nobody hears ends the process. The
  // statement that runs on it is told of the loss by the driver.
  pool.on(
    'connect',
    (client) => void client.on('error', (error) => log.debug({ database: source.id, err: error }, 'connection.lost')),
  );

  const backendOf = async (client: PoolClient): Promise<number> => {
    const known = backendIds.get(client);
    if (known !== undefined) return known;
    const [{ pid }] = backendRow.parse((await client.query('select pg_backend_pid() as pid')).rows);
    backendIds.set(client, pid);
    return pid;
  };

  return {
    async lease({ principal, signal }) {
      const freeSlot = await slots.acquire(principalDigest(principal), signal);
      try {
        const client = await pool.connect();
        return createLease({ client, backendId: await backendOf(client), freeSlot });
      } catch (error) {
        freeSlot();
        throw connectionError(error, source.id);
      }
    },
    isFull: () => slots.isFull,
    async cancel(backendId) {
      const client = new Client(config);
      client.on('error', (error) => log.debug({ database: source.id, err: error }, 'connection.lost'));
      await client.connect();
      try {
        await client.query('select pg_cancel_backend($1)', [backendId]);
      } finally {
        await client.end();
      }
    },
    close: () => pool.end(),
  };
}

function clientConfig({ source, statementTimeoutMs }: ConnectionPoolOptions): {
  connectionString: string;
  options: string;
  connectionTimeoutMillis: number;
} {
  const url = new URL(source.url.reveal());
  const own = startupOptions({ schemas: source.schemas, statementTimeoutMs });
  // Options in the URL would replace ours. They go first: of two values for one setting the last counts.
  const theirs = url.searchParams.get('options');
  url.searchParams.delete('options');
  return {
    connectionString: url.href,
    options: theirs === null ? own : `${theirs} ${own}`,
    connectionTimeoutMillis: connectMsMax,
  };
}

function createLease({
  client,
  backendId,
  freeSlot,
}: {
  client: PoolClient;
  backendId: number;
  freeSlot: () => void;
}): Lease {
  let isOpen = true;
  const end = (destroy: boolean): void => {
    if (!isOpen) return;
    isOpen = false;
    client.release(destroy);
    freeSlot();
  };
  return { client, backendId, giveBack: () => end(false), destroy: () => end(true) };
}
