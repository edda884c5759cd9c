import { quoteIdentifier } from '../../domain/sql/quote-identifier.ts';

/** What a session begins with. */
export interface SessionSettings {
  readonly schemas: readonly string[];
  readonly statementTimeoutMs: number;
}

/**
 * Settings of a session, as the startup packet carries them (06 S-22). `DISCARD ALL` brings a session back to these, so
 * that no statement leaves a trace for the next.
 *
 * - `search_path`: what a bare name can mean. `pg_temp` comes last, since Postgres would look there first.
 * - `client_connection_check_interval`: ends a statement whose client is gone, also after a kill -9 of this process.
 * - `TimeZone`, `DateStyle`, `bytea_output`: the forms that the cell parsers read.
 */
export function startupOptions({ schemas, statementTimeoutMs }: SessionSettings): string {
  const settings = {
    default_transaction_read_only: 'on',
    statement_timeout: String(statementTimeoutMs),
    lock_timeout: '2000',
    idle_in_transaction_session_timeout: '15000',
    client_connection_check_interval: '500',
    search_path: ['pg_catalog', ...schemas.map(quoteIdentifier), 'pg_temp'].join(','),
    work_mem: '16MB',
    TimeZone: 'UTC',
    DateStyle: 'ISO',
    IntervalStyle: 'postgres',
    extra_float_digits: '1',
    bytea_output: 'hex',
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${escapeValue(value)}`)
    .join(' ');
}

/** In the startup packet, spaces part the options and a backslash takes the next character as it is. */
function escapeValue(value: string): string {
  return value.replaceAll(/[\\\s]/g, String.raw`\$&`);
}
