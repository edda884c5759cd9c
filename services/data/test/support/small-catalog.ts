import type { SqlCatalog } from '../../src/domain/sql/sql-catalog.ts';

const steady = [
  'count',
  'sum',
  'lower',
  'now',
  'length',
  'coalesce',
  'generate_series',
  'unnest',
  'extract',
  'btrim',
  'similar_to_escape',
  'percentile_cont',
  'version',
  'pg_get_functiondef',
  'crosstab',
  'table_to_xml_and_more',
];
const volatile = ['pg_sleep', 'pg_read_file', 'nextval', 'set_config', 'random', 'clock_timestamp', 'ts_rewrite'];

/** A catalog with a handful of names of every kind, for tests of decisions that ask no database. */
export const smallCatalog: SqlCatalog = {
  schemas: new Set(['public', 'shop']),
  functions: new Map([
    ...steady.map((name) => [name, new Map([['pg_catalog', true]])] as const),
    ...volatile.map((name) => [name, new Map([['pg_catalog', false]])] as const),
    ['similarity', new Map([['public', true]])],
    ['own', new Map([['shop', false]])],
    [
      'upper',
      new Map([
        ['pg_catalog', true],
        ['shop', false],
      ]),
    ],
    [
      'in_two_schemas',
      new Map([
        ['pg_catalog', true],
        ['public', true],
      ]),
    ],
  ]),
  systemRelations: new Set(['pg_class', 'pg_authid', 'pg_settings', 'pg_stats']),
};
