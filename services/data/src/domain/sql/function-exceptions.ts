/** Volatile functions that change nothing and tell nothing secret: clocks, random values, sizes (06 S-24). */
export const harmlessVolatileFunctions: ReadonlySet<string> = new Set([
  'clock_timestamp',
  'gen_random_uuid',
  'pg_blocking_pids',
  'pg_database_size',
  'pg_indexes_size',
  'pg_relation_size',
  'pg_table_size',
  'pg_total_relation_size',
  'random',
  'random_normal',
  'timeofday',
  'uuidv4',
  'uuidv7',
]);

/**
 * Immutable or stable functions that are refused all the same, in every schema: they tell about the server and its other
 * sessions, take a transaction id, or run text as SQL. The last row is of the extensions tablefunc and xml2.
 */
const refusedFunctions: ReadonlySet<string> = new Set([
  'inet_client_addr',
  'inet_client_port',
  'inet_server_addr',
  'inet_server_port',
  'pg_config',
  'pg_current_xact_id',
  'pg_cursor',
  'pg_get_functiondef',
  'pg_listening_channels',
  'pg_options_to_table',
  'pg_prepared_statement',
  'pg_relation_filepath',
  'pg_show_all_settings',
  'pg_tablespace_location',
  'txid_current',
  'version',
  'connectby',
  'xpath_table',
]);

const refusedPrefixes: readonly string[] = [
  'pg_stat_get_',
  'table_to_xml',
  'schema_to_xml',
  'database_to_xml',
  'crosstab',
];

/** Whether a function is refused by its name alone, whatever the catalog says of it. */
export function isRefusedFunction(name: string): boolean {
  return refusedFunctions.has(name) || refusedPrefixes.some((prefix) => name.startsWith(prefix));
}
