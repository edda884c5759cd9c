import type { PoolClient, QueryResult } from 'pg';
import Cursor from 'pg-cursor';
import { cellParser } from '../../domain/sql/cell-parser.ts';
import type { Cell, ReadStatement, RowPage } from '../../domain/sql/row-page.ts';
import { RowTaker } from '../../domain/sql/row-taker.ts';

/** Rows of one fetch: one more than a default page, so that a usual answer takes one round trip. */
const batchRowsMax = 101;

interface Batch {
  readonly rows: Cell[][];
  readonly fields: QueryResult['fields'];
}

/**
 * Runs a statement through a cursor and takes one page of its rows. Always in the extended protocol, which carries one
 * statement only (06 S-21). Rows come in batches, so that what is left out is neither sent nor held (06 S-28).
 *
 * @throws the signal's reason between two batches, when it is aborted.
 */
export async function readRows(
  client: PoolClient,
  statement: ReadStatement,
  { signal, typeNames }: { readonly signal: AbortSignal; readonly typeNames: ReadonlyMap<number, string> },
): Promise<RowPage> {
  const cursor = client.query(openCursor(statement));
  const taker = new RowTaker(statement);
  let fields: QueryResult['fields'] = [];
  for (let hasMore = true; hasMore && taker.wanted > 0;) {
    signal.throwIfAborted();
    const wanted = Math.min(taker.wanted, batchRowsMax);
    const batch = await fetchBatch(cursor, wanted);
    fields = batch.fields;
    taker.push(batch.rows);
    hasMore = batch.rows.length === wanted;
  }
  await cursor.close();
  return {
    columns: fields.map((field) => ({ name: field.name, type: typeName(field.dataTypeID, typeNames) })),
    ...taker.finish(),
  };
}

function openCursor({ sql, params }: ReadStatement): Cursor<Cell[]> {
  return new Cursor<Cell[]>(sql, [...params], { rowMode: 'array', types: { getTypeParser: cellParser } });
}

function fetchBatch(cursor: Cursor<Cell[]>, rows: number): Promise<Batch> {
  const { promise, resolve, reject } = Promise.withResolvers<Batch>();
  // Not the promise form: that one does not tell the fields.
  cursor.read(rows, (error, batch, result) => {
    if (error) reject(error);
    else resolve({ rows: batch, fields: result.fields });
  });
  return promise;
}

/** A type that was made after the catalog was read has no name yet. */
function typeName(typeId: number, typeNames: ReadonlyMap<number, string>): string {
  return typeNames.get(typeId) ?? `type ${typeId}`;
}
