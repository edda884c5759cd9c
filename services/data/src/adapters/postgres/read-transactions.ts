import type { Clock, Logger } from '@fairlead/server-kit/runtime';
import type { PoolClient } from 'pg';
import type { Caller } from '../../deps.ts';
import type { ConnectionPool, Lease } from './connection-pool.ts';
import { isFatal, statementError } from './database-error.ts';
import { principalDigest } from './principal-digest.ts';

/** After a cancel was sent, the statement has this long to end before its connection is closed. */
const cancelGraceMs = 1_000;

/** What read transactions are made from. */
export interface ReadTransactionsOptions {
  readonly pool: ConnectionPool;
  /** Named in errors. */
  readonly database: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Runs work that only reads. */
export interface ReadTransactions {
  /**
   * Runs `work` in a read-only transaction, rolls it back, and leaves the connection's session as it was at its start
   * (06 S-22, S-27). When the caller's signal is aborted, the statement is ended in the database (06 S-84).
   *
   * @throws ServiceError for errors of the database; whatever else `work` throws.
   */
  run<Result>(caller: Caller, work: (client: PoolClient) => Promise<Result>): Promise<Result>;
}

/** Makes the one way in which this service touches a database. */
export function createReadTransactions(options: ReadTransactionsOptions): ReadTransactions {
  const { pool, database } = options;
  return {
    async run(caller, work) {
      const lease = await pool.lease(caller);
      const cancellation = cancelOnAbort(lease, caller.signal, options);
      let isUsable = true;
      try {
        caller.signal.throwIfAborted();
        await lease.client.query(begin(caller));
        return await work(lease.client);
      } catch (error) {
        isUsable = !isFatal(error);
        throw caller.signal.aborted ? caller.signal.reason : statementError(error, database);
      } finally {
        const wasCancelled = await cancellation.end();
        if (isUsable && !wasCancelled && (await reset(lease, options))) lease.giveBack();
        else lease.destroy();
      }
    },
  };
}

/** Both statements are ours alone, so they may share a message; `SET LOCAL` ends with the transaction. */
function begin({ principal }: Caller): string {
  return `begin transaction read only; set local application_name = 'mcp:${principalDigest(principal)}'`;
}

/**
 * Takes back everything that a statement can leave behind. ROLLBACK undoes settings; advisory locks and prepared
 * statements outlive it, and only `DISCARD ALL` clears them (06 §3.1).
 */
async function reset({ client }: Lease, { database, log }: ReadTransactionsOptions): Promise<boolean> {
  try {
    await client.query('rollback');
    await client.query('discard all');
    return true;
  } catch (error) {
    log.warn({ database, err: error }, 'session.reset_failed');
    return false;
  }
}

interface Cancellation {
  /** Ends the watch; answers whether the statement was cancelled. A cancel that is under way has arrived by then. */
  end(): Promise<boolean>;
}

function cancelOnAbort(lease: Lease, signal: AbortSignal, options: ReadTransactionsOptions): Cancellation {
  const { pool, database, clock, log } = options;
  let sent: Promise<void> | undefined;
  let stopGrace: (() => void) | undefined;
  const onAbort = (): void => {
    stopGrace = clock.schedule(cancelGraceMs, () => lease.destroy());
    sent = pool.cancel(lease.backendId).catch((error: unknown) => {
      log.warn({ database, err: error }, 'statement.cancel_failed');
      lease.destroy();
    });
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    async end() {
      signal.removeEventListener('abort', onAbort);
      // A cancel that arrives later would hit the next caller's statement on this connection.
      await sent;
      stopGrace?.();
      return sent !== undefined || signal.aborted;
    },
  };
}
