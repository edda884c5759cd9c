/** A table, by names of the catalog. */
export interface TablePlace {
  readonly database: string;
  readonly schema: string;
  readonly table: string;
}

/** The URI of a table's resource. Names are percent-encoded: a name can hold a slash. */
export function tableUri({ database, schema, table }: TablePlace): string {
  return `db://${[database, schema, table].map(encodeURIComponent).join('/')}`;
}
