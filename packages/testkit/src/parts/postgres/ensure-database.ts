import { escapeIdentifier, escapeLiteral, type Client } from 'pg';
import { createDatabase } from './create-database.ts';
import { databaseUrl, type DatabaseLogin } from './database-url.ts';
import { withConnection } from './with-connection.ts';

/** A database and the one role that owns it. */
export interface OwnedDatabase {
  readonly name: string;
  readonly owner: DatabaseLogin;
}

/**
 * Makes a database that one role owns, or finds it there with everything in it. The role gets the given password each
 * time, and no rights beyond that database; no other role but a superuser may connect to it.
 *
 * @returns the URL of the database as its owner.
 */
export async function ensureDatabase(adminUrl: string, { name, owner }: OwnedDatabase): Promise<string> {
  const isThere = await withConnection(adminUrl, async (client) => {
    await ensureRole(client, owner);
    return (await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).rowCount !== 0;
  });
  if (!isThere) await createDatabase(adminUrl, name);
  await withConnection(adminUrl, (client) =>
    client.query(`ALTER DATABASE ${escapeIdentifier(name)} OWNER TO ${escapeIdentifier(owner.name)}`),
  );
  return databaseUrl(adminUrl, name, owner);
}

async function ensureRole(client: Client, { name, password }: DatabaseLogin): Promise<void> {
  const role = escapeIdentifier(name);
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  if (found.rowCount === 0) await client.query(`CREATE ROLE ${role}`);
  await client.query(
    `ALTER ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD ${escapeLiteral(password)}`,
  );
}
