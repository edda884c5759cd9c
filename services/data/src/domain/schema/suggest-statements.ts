import { quoteIdentifier } from '../sql/quote-identifier.ts';
import type { ColumnDescription, SchemaObject } from './schema-object.ts';

const timeTypes = /^(?:date|timestamp)/;
const groupTypes = /^(?:text|character varying|boolean|smallint|integer)/;

/**
 * Three statements with which a look at a table begins: how much there is, what a row looks like, and how the rows
 * spread over time or over the values of a column. Names come from the catalog and are quoted.
 */
export function suggestStatements(table: SchemaObject): readonly string[] {
  const columns = table.columns ?? [];
  const from = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
  return [
    `SELECT ${['count(*) AS rows', ...columns.filter(isTime).slice(0, 1).flatMap(span)].join(', ')} FROM ${from}`,
    `SELECT * FROM ${from}${orderBy(table)} LIMIT 10`,
    spread(from, table),
  ];
}

function isTime({ type }: ColumnDescription): boolean {
  return timeTypes.test(type ?? '');
}

function span({ name }: ColumnDescription): readonly string[] {
  const column = quoteIdentifier(name);
  return [`min(${column}) AS first`, `max(${column}) AS last`];
}

function orderBy({ primary_key: primaryKey = [] }: SchemaObject): string {
  return primaryKey.length === 0 ? '' : ` ORDER BY ${primaryKey.map(quoteIdentifier).join(', ')}`;
}

function spread(
  from: string,
  { columns = [], primary_key: primaryKey = [], foreign_keys: foreignKeys = [] }: SchemaObject,
): string {
  const time = columns.find(isTime);
  if (time !== undefined) {
    return `SELECT date_trunc('month', ${quoteIdentifier(time.name)}) AS month, count(*) AS rows FROM ${from} GROUP BY 1 ORDER BY 1`;
  }
  const keys = new Set([...primaryKey, ...foreignKeys.flatMap((key) => key.columns)]);
  const group = columns.find(({ name, type }) => groupTypes.test(type ?? '') && !keys.has(name)) ?? columns[0];
  const column = group === undefined ? '1' : quoteIdentifier(group.name);
  return `SELECT ${column}, count(*) AS rows FROM ${from} GROUP BY 1 ORDER BY 2 DESC LIMIT 20`;
}
