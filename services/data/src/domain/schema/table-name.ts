/** A table as callers name it in text: `orders` or `shop.orders`. */
export interface TableName {
  /** Absent: any schema of the database. */
  readonly schema: string | undefined;
  readonly table: string;
}

/** Reads `table` or `schema.table`. The parts are looked up in the catalog as they are, never put into a statement. */
export function parseTableName(text: string): TableName {
  const dot = text.indexOf('.');
  return dot === -1 ? { schema: undefined, table: text } : { schema: text.slice(0, dot), table: text.slice(dot + 1) };
}
