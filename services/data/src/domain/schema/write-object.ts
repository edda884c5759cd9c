import type { ColumnDescription, SchemaObject } from './schema-object.ts';

const lineCharsMax = 240;

/** Writes an object for reading: one line, and one more for each of its columns, keys and indexes. */
export function writeObject(object: SchemaObject): string {
  const { type, schema, name, row_estimate: rows, comment } = object;
  const place = type === 'schema' ? name : `${schema}.${name}`;
  const head = `${type} ${place}${rows === undefined ? '' : ` (about ${rows} rows)`}${comment === undefined ? '' : `: ${comment}`}`;
  return [head, ...partsOf(object).map((part) => `  ${part}`)].map(oneLine).join('\n');
}

function partsOf(object: SchemaObject): readonly string[] {
  const { columns = [], primary_key: primaryKey, foreign_keys: foreignKeys = [], indexes = [] } = object;
  return [
    ...columns.map(writeColumn),
    ...(primaryKey === undefined ? [] : [`primary key (${primaryKey.join(', ')})`]),
    ...foreignKeys.map(
      (key) => `foreign key (${key.columns.join(', ')}) to ${key.references} (${key.referenced_columns.join(', ')})`,
    ),
    ...indexes.map((index) => index.definition),
  ];
}

function writeColumn({ name, type, nullable, default: value, comment }: ColumnDescription): string {
  const facts = [
    name,
    type,
    nullable === false ? 'not null' : undefined,
    value === undefined ? undefined : `default ${value}`,
  ];
  return `${facts.filter((fact) => fact !== undefined).join(' ')}${comment === undefined ? '' : `: ${comment}`}`;
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  return line.length <= lineCharsMax ? line : `${line.slice(0, lineCharsMax)}[+${line.length - lineCharsMax} chars]`;
}
