import { escapeIdentifier } from 'pg';
import { databaseUrl } from './database-url.ts';
import { withConnection } from './with-connection.ts';

/** What a new database begins with. */
export interface CreateDatabaseOptions {
  /** Database to copy; nobody may be connected to it. Default: empty. */
  readonly template?: string;
}

/**
 * Creates a database and answers its administrator's URL. Nobody else may connect to it until CONNECT is granted to him:
 * Postgres would let every role of the cluster in.
 *
 * A template is copied file by file: 30 ms for 20 MB, where the default way takes 160 ms (09 V-21). Rights on the database
 * itself are not copied with it.
 */
export async function createDatabase(
  adminUrl: string,
  name: string,
  { template }: CreateDatabaseOptions = {},
): Promise<string> {
  const database = escapeIdentifier(name);
  await withConnection(adminUrl, async (client) => {
    const copy = template === undefined ? '' : ` TEMPLATE ${escapeIdentifier(template)} STRATEGY FILE_COPY`;
    await client.query(`CREATE DATABASE ${database}${copy}`);
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  });
  return databaseUrl(adminUrl, name);
}

/** Drops a database if it is there, ending the connections to it. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withConnection(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} (FORCE)`));
}
