/** Server settings that SHOW and `current_setting` may read: how values are written and how long a statement may run (06 S-24). */
export const readableSettings: ReadonlySet<string> = new Set([
  'client_encoding',
  'datestyle',
  'default_text_search_config',
  'default_transaction_read_only',
  'extra_float_digits',
  'intervalstyle',
  'lock_timeout',
  'max_identifier_length',
  'search_path',
  'server_encoding',
  'standard_conforming_strings',
  'statement_timeout',
  'timezone',
  'transaction_isolation',
  'transaction_read_only',
  'work_mem',
]);

/** Whether a setting may be read. Names of settings compare without case. */
export function isReadableSetting(name: string): boolean {
  return readableSettings.has(name.toLowerCase());
}
