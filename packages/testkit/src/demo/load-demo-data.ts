import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { schemaRightsSql, tableRightsSql } from './demo-roles.ts';
import { createKeysSql, createTablesSql, createViewsSql } from './demo-schema.ts';
import { generateDemoTables, type DemoTable } from './demo-tables.ts';

/** Fills an empty database with the demo: schema, rows, keys, views, rights. The connection must be the superuser's. */
export async function loadDemoData(client: Client): Promise<void> {
  await client.query(schemaRightsSql);
  await client.query('BEGIN');
  // What the role makes, it owns; `mcp_migrate` owns the schema.
  await client.query('SET LOCAL ROLE mcp_migrate');
  await client.query('SET LOCAL search_path = public');
  await client.query(createTablesSql);
  for (const table of generateDemoTables()) await loadTable(client, table);
  await client.query(createKeysSql);
  await client.query(createViewsSql);
  await client.query(tableRightsSql);
  await client.query('COMMIT');
  await client.query('VACUUM ANALYZE');
}

async function loadTable(client: Client, table: DemoTable): Promise<void> {
  // FREEZE: the rows need no second visit by vacuum, and the first readers write no hint bits.
  const copy = client.query(copyFrom(`COPY ${table.name} (${table.columns.join(', ')}) FROM STDIN WITH (FREEZE)`));
  await pipeline(Readable.from(table.chunks()), copy);
}
