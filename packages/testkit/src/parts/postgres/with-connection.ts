import { Client } from 'pg';

/** Opens one connection, hands it to `use`, and closes it whatever happens. Answers what `use` answers. */
export async function withConnection<Result>(url: string, use: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // The server may end the connection at any time; the statement that runs then tells of it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
