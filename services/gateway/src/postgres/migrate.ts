import type { Migration } from './migrations.ts';

/** One connection to the database: all statements of a migration run on it. */
export interface Connection {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** One number of ours, by which replicas that start together take turns. */
const LOCK = 4_621_870_331;

/**
 * Brings the gateway's tables up to date, in one transaction: all steps that are missing, or none. Replicas that start
 * together take turns, and the later ones find nothing left to do. Tables of a newer version are left as they are.
 *
 * @throws Error of the driver; the tables are then as they were.
 */
export async function migrate(connection: Connection, steps: readonly Migration[]): Promise<void> {
  // Asked first and without a lock: a role that may not create tables can serve a database that has them.
  if (missing(steps, await appliedVersion(connection)).length === 0) return;
  await connection.query('begin');
  try {
    // Ends with the transaction, so that it also holds behind a pooler that shares connections.
    await connection.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await applyMissing(connection, steps);
    await connection.query('commit');
  } catch (error) {
    // The connection may be what failed: the first error is the one to tell.
    await connection.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function applyMissing(connection: Connection, steps: readonly Migration[]): Promise<void> {
  await connection.query(
    `create table if not exists gateway_migration (
      version integer primary key,
      name text not null,
      applied_at timestamptz not null default now()
    )`,
  );
  for (const { version, name, sql } of missing(steps, await appliedVersion(connection))) {
    await connection.query(sql);
    await connection.query('insert into gateway_migration (version, name) values ($1, $2)', [version, name]);
  }
}

function missing(steps: readonly Migration[], applied: number): readonly Migration[] {
  return steps.filter(({ version }) => version > applied);
}

async function appliedVersion(connection: Connection): Promise<number> {
  const found = await connection.query(`select to_regclass('gateway_migration') is not null as found`);
  if (field(found.rows[0], 'found') !== true) return 0;
  const newest = await connection.query('select coalesce(max(version), 0) as version from gateway_migration');
  return Number(field(newest.rows[0], 'version'));
}

function field(row: unknown, name: string): unknown {
  return typeof row === 'object' && row !== null ? Reflect.get(row, name) : undefined;
}
