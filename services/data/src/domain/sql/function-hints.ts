/**
 * What to write instead, by the function that callers often try. The names are those of other databases, and those of
 * Postgres that are refused here.
 */
export const functionHints: ReadonlyMap<string, string> = new Map([
  ['charindex', 'Use position(part in text) or strpos(text, part).'],
  ['current_setting', 'Name one of the settings that SHOW may read, as a constant.'],
  ['date_add', "Use a sum: day + interval '1 day'."],
  ['date_format', "Use to_char(value, 'YYYY-MM-DD')."],
  ['date_sub', "Use a difference: day - interval '1 day'."],
  ['dateadd', "Use a sum: day + interval '1 day'."],
  ['datediff', 'Use a difference: date_a - date_b gives days.'],
  ['datepart', "Use extract(year from value) or date_part('year', value)."],
  ['dblink', 'Only this database can be read. Call query_database once per database.'],
  ['getdate', 'Use now() or current_date.'],
  ['group_concat', "Use string_agg(value, ',')."],
  ['ifnull', 'Use coalesce(value, other).'],
  ['iif', 'Use CASE WHEN condition THEN a ELSE b END.'],
  ['isnull', 'Use value IS NULL or coalesce(value, other).'],
  ['json_extract', "Use value -> 'key' or value ->> 'key'."],
  ['len', 'Use length(text).'],
  ['month', 'Use extract(month from value).'],
  ['nvl', 'Use coalesce(value, other).'],
  ['pg_read_file', 'Call read_file for a file of a listed root.'],
  ['pg_ls_dir', 'Call find_files for the files of a listed root.'],
  ['pg_get_functiondef', 'Call describe_schema with object_type: function for names and arguments.'],
  ['pg_sleep', 'Remove it: waiting holds a connection.'],
  ['query_to_xml', 'Write the inner SELECT directly.'],
  ['strftime', "Use to_char(value, 'YYYY-MM-DD')."],
  ['version', 'Call list_databases for the dialect.'],
  ['year', 'Use extract(year from value).'],
]);
