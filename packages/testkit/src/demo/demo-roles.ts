import { escapeIdentifier, escapeLiteral, type Client } from 'pg';

/** The passwords of the three database roles of the demo. */
export interface DemoPasswords {
  /** Of `mcp_ro`, which reads. */
  readonly readOnly: string;
  /** Of `mcp_rw`, which changes orders, order_items and products. */
  readonly readWrite: string;
  /** Of `mcp_migrate`, which owns the schema. */
  readonly migrate: string;
}

/** Names of the three roles. */
export const demoRoleNames = { readOnly: 'mcp_ro', readWrite: 'mcp_rw', migrate: 'mcp_migrate' } as const;

/** What every role gets: nothing that reaches beyond its own database (06 S-20). */
const attributes = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';

const sharedSettings = {
  idle_in_transaction_session_timeout: '15s',
  search_path: 'pg_catalog, public',
  work_mem: '16MB',
  temp_file_limit: '256MB',
} as const;

// 06 S-22: the service sends these as startup options too; behind a pooler only the settings of the role remain.
const settings: Readonly<Record<keyof DemoPasswords, Readonly<Record<string, string>>>> = {
  readOnly: { ...sharedSettings, default_transaction_read_only: 'on', statement_timeout: '30s', lock_timeout: '2s' },
  readWrite: { ...sharedSettings, statement_timeout: '30s', lock_timeout: '2s' },
  // A migration may build an index for minutes, but never waits long for a lock (06 S-35).
  migrate: { ...sharedSettings, search_path: 'public, pg_catalog', statement_timeout: '10min', lock_timeout: '5s' },
};

/**
 * Makes the three roles of the cluster, or brings those that are there back to what 06 S-20 and S-22 say: attributes,
 * settings, password, no membership in other roles.
 */
export async function applyDemoRoles(client: Client, passwords: DemoPasswords): Promise<void> {
  for (const key of ['readOnly', 'readWrite', 'migrate'] as const) {
    const role = escapeIdentifier(demoRoleNames[key]);
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [demoRoleNames[key]]);
    if (found.rowCount === 0) await client.query(`CREATE ROLE ${role}`);
    await client.query(`ALTER ROLE ${role} ${attributes} PASSWORD ${escapeLiteral(passwords[key])}`);
    await client.query(`ALTER ROLE ${role} RESET ALL`);
    for (const [name, value] of Object.entries(settings[key])) {
      // `search_path` takes a list of names, every other setting one quoted text.
      const literal = name === 'search_path' ? value : escapeLiteral(value);
      await client.query(`ALTER ROLE ${role} SET ${name} = ${literal}`);
    }
  }
}

/** Rights inside a demo database, given by its superuser before the tables are made. Copied with a template. */
export const schemaRightsSql = `
  ALTER SCHEMA public OWNER TO mcp_migrate;
  REVOKE ALL ON SCHEMA public FROM PUBLIC;
  GRANT USAGE ON SCHEMA public TO mcp_ro, mcp_rw;
  REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
  ALTER DEFAULT PRIVILEGES FOR ROLE mcp_migrate REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
`;

/** Rights on the tables, given by their owner. `mcp_ro` reads all but the contacts (05 T-71). */
export const tableRightsSql = `
  GRANT SELECT ON customers, products, orders, order_items, events, daily_revenue, top_products TO mcp_ro, mcp_rw;
  GRANT INSERT, UPDATE, DELETE ON orders, order_items, products TO mcp_rw;
`;

/** Lets the three roles, and nobody else, connect to a demo database. Not copied with a template: given to each copy. */
export async function grantDemoConnect(client: Client, database: string): Promise<void> {
  const name = escapeIdentifier(database);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO mcp_ro, mcp_rw, mcp_migrate`);
}
