import { withConnection } from '@fairlead/testkit/parts';

/** Tables of the demo that its reader may read. */
const tables = ['customers', 'products', 'orders', 'order_items', 'events'];

/**
 * For each demo table its number of rows and the newest transaction that wrote one of them: equal when no row was added,
 * changed or removed. Reading the system column costs a tenth of hashing the rows.
 */
export async function demoDataDigest(url: string): Promise<Readonly<Record<string, string>>> {
  return await withConnection(url, async (client) => {
    const digests: Record<string, string> = {};
    for (const table of tables) {
      const sql = `select count(*) || ' rows, newest ' || max(xmin::text::bigint) as digest from ${table}`;
      const { rows } = await client.query<{ digest: string }>(sql);
      digests[table] = rows[0]?.digest ?? '';
    }
    return digests;
  });
}
