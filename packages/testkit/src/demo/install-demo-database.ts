import { escapeIdentifier, escapeLiteral, type Client } from 'pg';
import { createDatabase, dropDatabase } from '../parts/postgres/create-database.ts';
import { databaseUrl } from '../parts/postgres/database-url.ts';
import { withConnection } from '../parts/postgres/with-connection.ts';
import { applyDemoRoles, demoRoleNames, grantDemoConnect, type DemoPasswords } from './demo-roles.ts';
import { loadDemoData } from './load-demo-data.ts';

/** The cluster that gets the demo. */
export interface DemoCluster {
  /** URL of a superuser. */
  readonly adminUrl: string;
}

/** What is needed beside the cluster. */
export interface DemoOptions {
  readonly passwords: DemoPasswords;
}

/** One demo database, as each of its roles. */
export interface DemoDatabase {
  readonly name: string;
  /** As superuser. */
  readonly adminUrl: string;
  /** As `mcp_ro`. */
  readonly readOnlyUrl: string;
  /** As `mcp_rw`. */
  readonly readWriteUrl: string;
  /** As `mcp_migrate`. */
  readonly migrateUrl: string;
}

/** Name of the demo database. */
export const demoDatabaseName = 'demo';
/** Name of the pristine copy that the demo and test databases are made from; nobody connects to it. */
export const demoTemplateName = 'demo_template';

/** Raised when data, schema or rights change: databases with another mark are made anew. */
const mark = 'fairlead demo 1';

/**
 * Installs the demo database in a cluster, or finds it there: 2 to 4 s the first time, 20 ms later. The roles get the given
 * passwords each time. A template that was left half made is made anew; a `demo` of an older version is replaced, and
 * everything that was changed in it is lost.
 */
export async function installDemoDatabase(
  { adminUrl }: DemoCluster,
  { passwords }: DemoOptions,
): Promise<DemoDatabase> {
  const missing = await withConnection(adminUrl, async (client) => {
    await applyDemoRoles(client, passwords);
    await closeSharedDatabases(client);
    const marked = await markedDatabases(client);
    return { template: !marked.has(demoTemplateName), demo: !marked.has(demoDatabaseName) };
  });
  if (missing.template) await makeTemplate(adminUrl);
  if (missing.template || missing.demo) return resetDemoDatabase({ adminUrl }, { passwords });
  return describe(adminUrl, { name: demoDatabaseName, passwords });
}

/** Puts the demo database back to its first state, ending all connections to it. Takes less than a second. */
export async function resetDemoDatabase(cluster: DemoCluster, options: DemoOptions): Promise<DemoDatabase> {
  await dropDatabase(cluster.adminUrl, demoDatabaseName);
  const database = await copyDemoDatabase(cluster, { ...options, name: demoDatabaseName });
  await withConnection(cluster.adminUrl, (client) => setMark(client, demoDatabaseName));
  return database;
}

/** Makes another database from the installed demo, with the same roles. */
export async function copyDemoDatabase(
  { adminUrl }: DemoCluster,
  { name, passwords }: DemoOptions & { readonly name: string },
): Promise<DemoDatabase> {
  await createDatabase(adminUrl, name, { template: demoTemplateName });
  await withConnection(adminUrl, (client) => grantDemoConnect(client, name));
  return describe(adminUrl, { name, passwords });
}

/** Every role of a cluster may connect to these two; the roles of the demo have nothing to look for there. */
async function closeSharedDatabases(client: Client): Promise<void> {
  await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
}

async function markedDatabases(client: Client): Promise<ReadonlySet<string>> {
  const found = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE shobj_description(oid, 'pg_database') = $1`,
    [mark],
  );
  return new Set(found.rows.map((row) => row.name));
}

async function setMark(client: Client, database: string): Promise<void> {
  await client.query(`COMMENT ON DATABASE ${escapeIdentifier(database)} IS ${escapeLiteral(mark)}`);
}

async function makeTemplate(adminUrl: string): Promise<void> {
  await withConnection(adminUrl, openTemplate);
  await dropDatabase(adminUrl, demoTemplateName);
  const templateUrl = await createDatabase(adminUrl, demoTemplateName);
  await withConnection(templateUrl, loadDemoData);
  await withConnection(adminUrl, async (client) => {
    await client.query(`ALTER DATABASE ${demoTemplateName} IS_TEMPLATE true ALLOW_CONNECTIONS false`);
    // The mark comes last: it says that the template is whole.
    await setMark(client, demoTemplateName);
  });
}

/** A template of an older version cannot be dropped while it is one. */
async function openTemplate(client: Client): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [demoTemplateName]);
  if (found.rowCount !== 0) await client.query(`ALTER DATABASE ${demoTemplateName} IS_TEMPLATE false`);
}

interface DescribedDatabase extends DemoOptions {
  readonly name: string;
}

function describe(adminUrl: string, { name, passwords }: DescribedDatabase): DemoDatabase {
  const as = (role: keyof DemoPasswords) =>
    databaseUrl(adminUrl, name, { name: demoRoleNames[role], password: passwords[role] });
  return {
    name,
    adminUrl: databaseUrl(adminUrl, name),
    readOnlyUrl: as('readOnly'),
    readWriteUrl: as('readWrite'),
    migrateUrl: as('migrate'),
  };
}
